// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.limits;

/**
 * What one scope may hold. {@link #ANY} stands for no limit of its own.
 *
 * @param memory         bytes
 * @param streamsIn      streams that the peers have opened
 * @param streamsOut     streams that this end has opened
 * @param streams        of both directions together
 * @param connectionsIn  connections that the peers have dialled
 * @param connectionsOut connections that this end has dialled
 * @param connections    of both directions together
 * @param descriptors    file descriptors
 */
public record Limit(long memory, int streamsIn, int streamsOut, int streams, int connectionsIn, int connectionsOut,
        int connections, int descriptors) {

    /** No limit. */
    public static final int ANY = Integer.MAX_VALUE;

    /** Memory alone is limited. */
    public static Limit ofMemory(long bytes) {
        return new Limit(bytes, ANY, ANY, ANY, ANY, ANY, ANY, ANY);
    }

    /** The same with other limits of streams. */
    public Limit streams(int in, int out, int both) {
        return new Limit(memory, in, out, both, connectionsIn, connectionsOut, connections, descriptors);
    }

    /** The same with other limits of connections. */
    public Limit connections(int in, int out, int both) {
        return new Limit(memory, streamsIn, streamsOut, streams, in, out, both, descriptors);
    }

    /** The same with another limit of file descriptors. */
    public Limit descriptors(int count) {
        return new Limit(memory, streamsIn, streamsOut, streams, connectionsIn, connectionsOut, connections, count);
    }

    int of(Kind kind) {
        return switch (kind) {
            case STREAMS_IN -> streamsIn;
            case STREAMS_OUT -> streamsOut;
            case CONNECTIONS_IN -> connectionsIn;
            case CONNECTIONS_OUT -> connectionsOut;
            case DESCRIPTORS -> descriptors;
        };
    }

    /** The limit of a kind and of its other direction together. */
    int ofBoth(Kind kind) {
        return switch (kind) {
            case STREAMS_IN, STREAMS_OUT -> streams;
            case CONNECTIONS_IN, CONNECTIONS_OUT -> connections;
            case DESCRIPTORS -> descriptors;
        };
    }
}
