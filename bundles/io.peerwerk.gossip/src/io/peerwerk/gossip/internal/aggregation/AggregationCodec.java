// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.aggregation;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.gossip.Quantity;
import io.peerwerk.gossip.internal.aggregation.AggregationMessage.Share;
import io.peerwerk.gossip.internal.cycle.WireFormat;

/** The messages of the aggregation as bytes; the package description has the picture. */
public final class AggregationCodec {

    /** The longest message that is taken, in bytes. */
    public static final int MAX_MESSAGE = 4096;

    public static final WireFormat<AggregationMessage> FORMAT = new WireFormat<>("/peerwerk/aggregation/1.0.0",
            MAX_MESSAGE, AggregationCodec::encode, AggregationCodec::decode);

    private static final int EPOCH = 1;
    private static final int LEFT = 2;
    private static final int MEAN = 3;
    private static final int OWN = 4;
    private static final int INSTANCE = 5;

    private static final int LEADER = 1;
    private static final int VALUE = 2;

    private static final int MAX_INSTANCE = 64;

    /** Values of later versions, which know more quantities, are skipped up to so many. */
    private static final int MAX_VALUES = 32;

    private AggregationCodec() {
    }

    public static byte[] encode(AggregationMessage message) {
        var out = new ProtoWriter().uint(EPOCH, message.epoch()).uint(LEFT, message.leftMillis());
        Share share = message.share();
        if (share != null) {
            for (Quantity quantity : Quantity.values()) {
                write(out, MEAN, share.means().get(quantity));
                write(out, OWN, share.own().get(quantity));
            }
            for (int i = 0; i < share.counts().size(); i++) {
                var instance = new ProtoWriter().fixed64(LEADER, share.counts().leader(i));
                out.message(INSTANCE, write(instance, VALUE, share.counts().value(i)));
            }
        }
        return out.toBytes();
    }

    private static ProtoWriter write(ProtoWriter out, int field, double value) {
        return out.fixed64(field, Double.doubleToRawLongBits(value));
    }

    /** Reads a message from a stranger. */
    public static AggregationMessage decode(byte[] message) throws FormatException {
        if (message.length > MAX_MESSAGE) {
            throw new FormatException("estimates of " + message.length + " bytes");
        }
        return new Reader().read(new ProtoReader(message));
    }

    /** What was read of a message so far. */
    private static final class Reader {
        private long epoch;
        private long left;
        private final double[] means = new double[MAX_VALUES];
        private int meanCount;
        private final double[] own = new double[MAX_VALUES];
        private int ownCount;
        private final long[] leaders = new long[AggregationMessage.MAX_INSTANCES];
        private final double[] counts = new double[AggregationMessage.MAX_INSTANCES];
        private int instances;

        AggregationMessage read(ProtoReader in) throws FormatException {
            for (int field = in.next(); field != 0; field = in.next()) {
                switch (field) {
                    case EPOCH -> epoch = in.uint();
                    case LEFT -> left = in.uint();
                    case MEAN -> means[next(meanCount++, MAX_VALUES)] = value(in);
                    case OWN -> own[next(ownCount++, MAX_VALUES)] = value(in);
                    case INSTANCE -> readInstance(in.message(MAX_INSTANCE));
                    default -> in.skip();
                }
            }
            try {
                return new AggregationMessage(epoch, left, share());
            } catch (IllegalArgumentException e) { // the messages know their own bounds
                throw new FormatException("estimates that cannot be: " + e.getMessage());
            }
        }

        private void readInstance(ProtoReader in) throws FormatException {
            int index = next(instances++, AggregationMessage.MAX_INSTANCES);
            for (int field = in.next(); field != 0; field = in.next()) {
                switch (field) {
                    case LEADER -> leaders[index] = in.fixed64();
                    case VALUE -> counts[index] = value(in);
                    default -> in.skip();
                }
            }
        }

        private @Nullable Share share() throws FormatException {
            if (meanCount == 0) {
                return null;
            }
            return new Share(values(means, meanCount), values(own, ownCount),
                    Counts.of(Arrays.copyOf(leaders, instances), Arrays.copyOf(counts, instances)));
        }

        private static Values values(double[] read, int count) throws FormatException {
            if (count < Quantity.values().length) {
                throw new FormatException("estimates of " + count + " quantities");
            }
            return new Values(read[0], read[1], read[2]);
        }

        private static int next(int index, int limit) throws FormatException {
            if (index == limit) {
                throw new FormatException("more than " + limit + " values");
            }
            return index;
        }

        private static double value(ProtoReader in) throws FormatException {
            double value = Double.longBitsToDouble(in.fixed64());
            return value == 0 ? 0 : value; // there is one zero
        }
    }
}
