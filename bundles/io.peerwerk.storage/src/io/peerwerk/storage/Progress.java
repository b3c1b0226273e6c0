// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

/** Hears how far a transfer is: often, and on the thread that asked for it, so an implementation returns quickly. */
@FunctionalInterface
public interface Progress {

    /** Nobody listens and nobody cancels. */
    Progress NONE = (done, total, phase) -> { };

    /**
     * {@code done} of {@code total} bytes of the content are done; of a sweep, blocks.
     *
     * @param phase a word for people: {@code reading}, {@code storing}, {@code fetching}, {@code sweeping},
     *            {@code finishing}
     */
    void update(long done, long total, String phase);

    /** Whether the user wants the transfer to stop; asked often, from several threads. */
    default boolean cancelled() {
        return false;
    }
}
