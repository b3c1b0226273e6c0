// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;

/** Peers of a test. What they are called makes no difference to anything, so they differ from run to run. */
public final class Peers {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Peers() {
    }

    public static Identity identity() {
        return Identity.generate(RANDOM);
    }

    public static PeerId id() {
        return identity().id();
    }

    public static List<PeerId> ids(int count) {
        List<PeerId> ids = new ArrayList<>();
        while (ids.size() < count) {
            ids.add(id());
        }
        return ids;
    }
}
