// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.mdns;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.discovery.internal.dns.DnsMessage;
import io.peerwerk.discovery.internal.dns.DomainName;
import io.peerwerk.discovery.internal.dns.Question;
import io.peerwerk.discovery.internal.dns.RecordType;
import io.peerwerk.discovery.internal.dns.ResourceRecord;

/** What this peer tells of itself on one link. Immutable. */
public final class Presence {

    /** All peers of libp2p. */
    public static final DomainName SERVICE = DomainName.of("_p2p._udp.local");

    /** All kinds of services; for tools that list what there is on a network. */
    static final DomainName SERVICES = DomainName.of("_services._dns-sd._udp.local");

    /** Seconds that others may keep what was told; js-libp2p's figure. */
    static final long TTL = 120;

    /** What stands before each address in a text. */
    static final String ADDRESS = "dnsaddr=";

    /** Bytes of addresses in a message, so that it fits into one packet of any network, its other records included. */
    static final int MAX_ADDRESS_BYTES = 1000;

    private static final int MIN_NAME = 32;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final DomainName HOSTS = DomainName.of("p2p.local");

    private final DomainName instance;
    private final DomainName host;
    private final List<Multiaddr> addresses;

    /**
     * @param name      a {@linkplain #randomName random name}, the same on every link
     * @param id        this peer
     * @param addresses where it is reached on the link, the best first; as many are told as a packet takes
     */
    public Presence(String name, PeerId id, List<Multiaddr> addresses) {
        this.instance = SERVICE.child(name);
        this.host = HOSTS.child(name);
        this.addresses = fitting(addresses.stream().map(address -> address.withPeer(id)).toList());
    }

    /** A name that no other peer has and that says nothing. */
    public static String randomName(RandomGenerator random) {
        int length = MIN_NAME + random.nextInt(DomainName.MAX_LABEL - MIN_NAME + 1);
        var name = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return name.toString();
    }

    private static List<Multiaddr> fitting(List<Multiaddr> addresses) {
        List<Multiaddr> fitting = new ArrayList<>();
        int left = MAX_ADDRESS_BYTES;
        for (Multiaddr address : addresses) {
            int length = text(address).length();
            if (length <= ResourceRecord.MAX_STRING && length < left) {
                fitting.add(address);
                left -= length + 1;
            }
        }
        return List.copyOf(fitting);
    }

    private static String text(Multiaddr address) {
        return ADDRESS + address;
    }

    /** What is told, with this peer's id at the end of each. */
    public List<Multiaddr> addresses() {
        return addresses;
    }

    /** The question that finds peers. */
    public static DnsMessage search() {
        return DnsMessage.query(new Question(SERVICE, RecordType.PTR));
    }

    /** Tells of this peer. */
    public DnsMessage announcement() {
        List<ResourceRecord> details = new ArrayList<>();
        details.add(text(TTL));
        details.add(service());
        details.addAll(hosts());
        return DnsMessage.response(List.of(pointer(TTL)), details);
    }

    /** Tells that this peer goes. */
    public DnsMessage farewell() {
        return DnsMessage.response(List.of(pointer(0)), List.of(text(0)));
    }

    /**
     * The answer to somebody's questions: of the first that is about this peer, unless the one who asks knows it
     * already. Nothing if none is.
     */
    public Optional<DnsMessage> answer(DnsMessage query) {
        if (query.response() || knowsEnough(query.answers())) {
            return Optional.empty();
        }
        return query.questions().stream().map(this::answer).flatMap(Optional::stream).findFirst();
    }

    private boolean knowsEnough(List<ResourceRecord> known) {
        return known.stream().anyMatch(record -> record instanceof ResourceRecord.Pointer(var name, var target, var ttl)
                && name.equals(SERVICE) && target.equals(instance) && ttl >= TTL / 2);
    }

    private Optional<DnsMessage> answer(Question question) {
        if (question.name().equals(SERVICE)) {
            return question.wants(RecordType.PTR) ? Optional.of(announcement()) : Optional.empty();
        }
        if (question.name().equals(SERVICES) && question.wants(RecordType.PTR)) {
            var service = new ResourceRecord.Pointer(SERVICES, SERVICE, TTL);
            return Optional.of(DnsMessage.response(List.of(service), List.of()));
        }
        List<ResourceRecord> records = new ArrayList<>(hosts());
        records.add(text(TTL));
        records.add(service());
        List<ResourceRecord> wanted = records.stream()
                .filter(record -> record.name().equals(question.name()) && question.wants(record.type())).toList();
        return wanted.isEmpty() ? Optional.empty() : Optional.of(DnsMessage.response(wanted, List.of()));
    }

    private ResourceRecord pointer(long ttl) {
        return new ResourceRecord.Pointer(SERVICE, instance, ttl);
    }

    private ResourceRecord text(long ttl) {
        return new ResourceRecord.Text(instance, addresses.stream().map(Presence::text).toList(), ttl);
    }

    private ResourceRecord service() {
        String port = addresses.stream().findFirst()
                .flatMap(address -> address.value(Protocol.TCP).or(() -> address.value(Protocol.UDP))).orElse("0");
        return new ResourceRecord.Service(instance, host, Integer.parseInt(port), TTL);
    }

    private List<ResourceRecord> hosts() {
        return addresses.stream().map(Ip::of).flatMap(Optional::stream).distinct()
                .map((ByteBuffer ip) -> (ResourceRecord) new ResourceRecord.Address(host, ip, TTL)).toList();
    }
}
