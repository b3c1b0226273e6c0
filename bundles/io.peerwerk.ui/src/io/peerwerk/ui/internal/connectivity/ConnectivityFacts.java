// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.connectivity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.eclipse.osgi.util.NLS;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.nat.PortMapping;
import io.peerwerk.nat.Reach;
import io.peerwerk.nat.Reachability;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.Figures;

/** The lines under the sentence: what is known in particular, each with what it means. */
final class ConnectivityFacts {
    /**
     * A line of the table.
     *
     * @param order its place
     * @param tooltip what it means for the user
     */
    record Fact(int order, String what, String value, String tooltip) {
    }

    private final List<Fact> facts = new ArrayList<>();

    private ConnectivityFacts() {
    }

    /** The lines, most wanted first. */
    static List<Fact> of(ConnectivityModel model) {
        ConnectivityFacts lines = new ConnectivityFacts();
        Reachability found = model.network().reachability();
        Reachability known = found == null ? Reachability.UNKNOWN : found;
        model.network().refused().forEach(lines::refused);
        lines.connections(model.connections());
        model.addresses().forEach(address -> lines.address(address, known));
        known.mappings().forEach(lines::mapping);
        known.relays().forEach(lines::relay);
        return List.copyOf(lines.facts);
    }

    private void add(String what, String value, String meaning) {
        String plain = Figures.plain(value);
        facts.add(new Fact(facts.size(), what, plain, plain + "\n\n" + meaning)); //$NON-NLS-1$
    }

    private void refused(Multiaddr address, String reason) {
        add(Messages.Line_refused, NLS.bind(Messages.Line_refusedValue, address, reason), Messages.Line_refusedText);
    }

    private void connections(Map<Way, Integer> counts) {
        if (counts.isEmpty()) {
            add(Messages.Line_connections, Messages.Line_noConnections, Messages.Line_noConnectionsText);
        }
        Arrays.stream(Way.values()).filter(counts::containsKey).forEach(way -> {
            int count = counts.get(way);
            String pattern = count == 1 ? Messages.Line_oneConnection : Messages.Line_manyConnections;
            add(Messages.Line_connections, NLS.bind(pattern, Figures.count(count), way.label()), way.meaning());
        });
    }

    private void address(Multiaddr address, Reachability known) {
        Reach reach = known.addresses().getOrDefault(address, Reach.UNKNOWN);
        String value = switch (reach) {
            case PUBLIC -> NLS.bind(Messages.Line_addressReachable, address);
            case PRIVATE -> NLS.bind(Messages.Line_addressUnreachable, address);
            case UNKNOWN -> address.toString();
        };
        add(Messages.Line_address, value, switch (reach) {
            case PUBLIC -> Messages.Line_addressReachableText;
            case PRIVATE -> Messages.Line_addressUnreachableText;
            case UNKNOWN -> Messages.Line_addressText;
        });
    }

    private void mapping(PortMapping mapping) {
        add(Messages.Line_mapping, NLS.bind(Messages.Line_mappingValue, new Object[] {
            mapping.protocol().toUpperCase(Locale.ROOT), Figures.socket(mapping.external()),
            Integer.toString(mapping.internalPort())}),
                NLS.bind(Messages.Line_mappingText, mapping.by()));
    }

    private void relay(Multiaddr through) {
        String name = through.value(Protocol.P2P).map(ConnectivityFacts::brief).orElseGet(through::toString);
        add(Messages.Line_relay, name, NLS.bind(Messages.Line_relayText, through));
    }

    private static String brief(String id) {
        try {
            return PeerId.parse(id).brief();
        } catch (FormatException e) {
            return id;
        }
    }
}
