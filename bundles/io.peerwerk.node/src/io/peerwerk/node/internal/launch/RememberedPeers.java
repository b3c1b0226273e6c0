// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.gossip.Member;
import io.peerwerk.node.internal.text.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where other peers were when this node last ran: a JSON array of addresses with peer ids. They are asked first at the
 * next start, so that a node that crashed finds its network again without being told how. Losing the file costs nothing
 * but a {@code --bootstrap}; so a damaged one is dropped with a remark.
 */
final class RememberedPeers {
    private static final Logger LOG = LoggerFactory.getLogger(RememberedPeers.class);
    private static final int LONGEST = 64 * 1024;
    /** Enough to find one that is still there, few enough to dial them all at once. */
    private static final int MOST = 48;
    /** A machine is often in several networks, and we may be in another one next time. */
    private static final int MOST_PER_PEER = 3;

    private final Path file;
    private List<String> saved = List.of();

    RememberedPeers(Path file) {
        this.file = file;
    }

    List<Multiaddr> load() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return parse(new String(PrivateFiles.read(file, LONGEST), StandardCharsets.UTF_8));
        } catch (JsonParseException | FormatException e) {
            LOG.warn("{} is damaged and is not used: {}", file, Reason.of(e));
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", file, Reason.of(e));
        }
        return List.of();
    }

    private static List<Multiaddr> parse(String json) throws FormatException {
        @Nullable String @Nullable [] texts = new Gson().fromJson(json, String[].class);
        var addresses = new ArrayList<Multiaddr>();
        for (@Nullable String text : texts == null ? new String[0] : texts) {
            if (text != null && addresses.size() < MOST) {
                addresses.add(Multiaddr.parse(text));
            }
        }
        return addresses;
    }

    /**
     * Stores the addresses of these peers; an empty list is not stored, it says only that we are alone right now.
     *
     * @return whether there are some and they were stored already
     */
    boolean save(List<Member> reachable) throws IOException {
        List<String> addresses = reachable.stream().flatMap(RememberedPeers::dialable).limit(MOST).sorted().toList();
        if (addresses.isEmpty()) {
            return false;
        }
        if (addresses.equals(saved)) {
            return true;
        }
        PrivateFiles.replace(file, new Gson().toJson(addresses).getBytes(StandardCharsets.UTF_8));
        saved = addresses;
        return false;
    }

    private static Stream<String> dialable(Member member) {
        return member.addresses().stream().limit(MOST_PER_PEER)
                .map(address -> address.withPeer(member.id()).toString());
    }
}
