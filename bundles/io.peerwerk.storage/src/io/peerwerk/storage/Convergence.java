// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import io.peerwerk.storage.internal.seal.Passphrase;

/**
 * Whose equal content is stored only once. Each chunk is sealed with a key made from its content and a secret; where both
 * are the same, so are the shards, and they are sent and kept once. Who has the secret can confirm a guess at what is
 * stored with it, by making the same shards and looking for them; nobody else can.
 */
public sealed interface Convergence {

    /**
     * The user's own secret, made once and kept with this storage: a new version of a file costs only what changed. The
     * peers that hold several of his files can see that they have chunks in common, not which content.
     */
    record Own() implements Convergence {
    }

    /** A random secret for one put: nothing is found again, and nothing seen to be the same. */
    record None() implements Convergence {
    }

    /**
     * A secret that others have, too: what all of them have is stored once. Each of them can confirm guesses about the
     * others' content, so it is for content that they would show each other anyway.
     *
     * @param secret of at least {@value #MIN_BYTES} bytes that cannot be guessed
     */
    record Shared(Secret secret) implements Convergence {

        /** The fewest bytes of a secret. */
        public static final int MIN_BYTES = 16;

        /** The secret must be long enough. */
        public Shared {
            if (secret.length() < MIN_BYTES) {
                throw new IllegalArgumentException("a secret that is shared has at least " + MIN_BYTES + " bytes");
            }
        }
    }

    /** What a put does unless it is told otherwise. */
    static Convergence own() {
        return new Own();
    }

    /** A random secret for one put. */
    static Convergence none() {
        return new None();
    }

    /**
     * The secret that follows from a text which a group has agreed on. Takes about half a second and 64 MiB (Argon2id), so
     * that guessing at the text is expensive; a text of several random words is out of reach.
     *
     * @throws IllegalArgumentException where it has fewer than {@value Passphrase#MIN_CHARACTERS} characters; the message
     *             does not repeat it
     */
    static Convergence shared(String passphrase) {
        return new Shared(Passphrase.stretch(passphrase));
    }
}
