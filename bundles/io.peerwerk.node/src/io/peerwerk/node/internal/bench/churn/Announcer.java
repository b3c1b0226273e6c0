// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.churn;

import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

import io.peerwerk.core.multiformats.Cid;

/** What one peer tells the network as long as it lives: two contents and its name first, then one more now and then. */
final class Announcer implements Runnable {

    private static final int FIRST_CONTENTS = 2;
    private static final int MAX_CONTENTS = 8;
    private static final double PAUSE_SECONDS = 20;
    private static final Duration VALID = Duration.ofHours(1);
    /** In front of the number of times that a name has been published. */
    static final String VALUE = "/peerwerk/";

    private final Tenant tenant;
    private final LiveKeys keys;
    private final Score score;
    private final RandomGenerator random;
    private int contents;
    private int version;

    Announcer(Tenant tenant, LiveKeys keys, Score score, RandomGenerator random) {
        this.tenant = tenant;
        this.keys = keys;
        this.score = score;
        this.random = random;
    }

    @Override
    public void run() {
        try {
            for (int i = 0; i < FIRST_CONTENTS; i++) {
                announce(true);
            }
            announce(false);
            while (tenant.isAlive()) {
                Thread.sleep(Duration.ofMillis((long) (random.nextExponential() * PAUSE_SECONDS * 1000)));
                announce(contents < MAX_CONTENTS && random.nextBoolean());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it dies
        }
    }

    private void announce(boolean content) {
        try {
            if (content) {
                provide();
            } else {
                publish();
            }
            score.announced();
        } catch (IOException | RuntimeException e) {
            if (tenant.isAlive()) {
                score.notAnnounced((content ? "content" : "name") + " of " + tenant.peer().id().brief() + ", "
                        + Duration.ofNanos(System.nanoTime() - tenant.born()).toMillis() + " ms old: " + e);
            }
        }
    }

    private void provide() throws IOException {
        byte[] data = new byte[32];
        random.nextBytes(data);
        Cid content = Cid.raw(data);
        tenant.peer().routing().provide(content);
        contents++;
        keys.provided(tenant, content);
    }

    private void publish() throws IOException {
        int next = version + 1;
        tenant.peer().routing().publishName(VALUE + next, VALID);
        version = next;
        keys.published(tenant, next);
    }
}
