// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

/**
 * What peers deserve, and what follows from it. The names P1 to P7 are the specification's. A weight of 0 switches a
 * part off; weights of faults are negative. Decays are factors a second: {@link #decay} makes one from a time.
 *
 * @param topic     what counts in each topic
 * @param topicCap  the most that all topics together can earn a peer; so that a long good life does not pay for crimes
 * @param rating    weight of what the application thinks (P5)
 * @param colocation peers at one address (P6): the square of how many too many, each of them
 * @param behaviour breaches of the protocol (P7): the square of how many too many
 * @param thresholds what follows
 * @param retainMillis how long the faults of a peer that left are kept: to leave must not heal
 * @param retained  of how many peers, those that left last
 * @see <a href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.1.md#peer-scoring">Peer scoring</a>
 */
public record ScoreOptions(TopicScore topic, double topicCap, double rating, Colocation colocation,
        Behaviour behaviour, Thresholds thresholds, long retainMillis, int retained) {

    /** Counters below this are 0. */
    static final double ZERO = 0.01;

    /** @throws IllegalArgumentException if a fault earns something */
    public ScoreOptions {
        if (colocation.weight() > 0 || behaviour.weight() > 0 || topicCap < 0 || retained < 0) {
            throw new IllegalArgumentException("faults cannot earn anything");
        }
    }

    /**
     * What counts in a topic.
     *
     * @param weight  of the topic
     * @param time    in the mesh (P1)
     * @param first   messages that a peer was the first to bring (P2)
     * @param mesh    messages that a peer of the mesh owes (P3)
     * @param failure owed when it left the mesh (P3b)
     * @param invalid messages that it should not have passed on (P4), squared
     */
    public record TopicScore(double weight, Time time, First first, Mesh mesh, Fault failure, Fault invalid) {

        public TopicScore {
            if (mesh.weight() > 0 || failure.weight() > 0 || invalid.weight() > 0) {
                throw new IllegalArgumentException("faults cannot earn anything");
            }
        }
    }

    /** P1: one for each so many milliseconds, up to a cap. */
    public record Time(double weight, long quantumMillis, double cap) {
    }

    /** P2: one for each message, up to a cap. */
    public record First(double weight, double decay, double cap) {
    }

    /**
     * P3: the square of how many messages too few a peer of the mesh has brought. What it owes is a threshold, or a
     * share of what the topic carried lately, whichever is less; so it does not depend on how busy a topic is. For
     * topics whose peers have many others: where there are few, an honest peer at the end of a line owes nothing and
     * looks like one that drops everything. Messages that are announced with IDONTWANT nobody owes.
     *
     * @param weight           negative, or 0 to leave this out
     * @param decay            of what was brought, and of what the topic carried
     * @param threshold        messages at most
     * @param share            of the messages that the topic carried, 0 to 1
     * @param windowMillis     who brings a message so long after the first one has brought it as well
     * @param activationMillis a peer has so long after it was taken in
     */
    public record Mesh(double weight, double decay, double threshold, double share, long windowMillis,
            long activationMillis) {
    }

    /** A fault that is forgotten little by little. */
    public record Fault(double weight, double decay) {
    }

    /** P6: as many peers at one address are nothing special. */
    public record Colocation(double weight, int threshold) {
    }

    /** P7: as many breaches happen to everybody. */
    public record Behaviour(double weight, double decay, double threshold) {
    }

    /**
     * What follows from a score.
     *
     * @param gossip    below it nothing is offered to the peer, and its offers are not heeded
     * @param publish   below it own messages are not sent to it
     * @param graylist  below it nothing it says is heeded
     * @param exchange  at least this for peers that it names to be connected to
     * @param graft     a mesh whose median is below this takes in better peers now and then
     */
    public record Thresholds(double gossip, double publish, double graylist, double exchange, double graft) {

        public Thresholds {
            if (gossip > 0 || publish > gossip || graylist > publish || exchange < 0 || graft < 0) {
                throw new IllegalArgumentException("thresholds that do not fit to each other");
            }
        }
    }

    /** The factor a second that leaves one hundredth after so many seconds. */
    public static double decay(double seconds) {
        return Math.pow(ZERO, 1 / seconds);
    }

    /**
     * For topics of any kind and size. Time in the mesh and fresh messages earn up to 8 a topic; one forged message
     * costs the gossip, two the publishing, three everything; so do nine breaches of the protocol. P3 is off, since
     * networks may be small.
     */
    public static ScoreOptions standard() {
        var topic = new TopicScore(1, new Time(0.01, 1_000, 300), new First(0.5, decay(600), 10),
                new Mesh(0, decay(100), 20, 0.25, 500, 20_000), new Fault(0, decay(600)), new Fault(-20, decay(3600)));
        return new ScoreOptions(topic, 20, 1, new Colocation(-5, 10), new Behaviour(-10, decay(600), 6),
                new Thresholds(-10, -50, -80, 10, 1), 3_600_000, 4_096);
    }

    /** As they are, with debts for messages not brought: for networks where every mesh is full. */
    public ScoreOptions withMeshDebts(double weight) {
        Mesh m = topic.mesh();
        var strict = new TopicScore(topic.weight(), topic.time(), topic.first(),
                new Mesh(weight, m.decay(), m.threshold(), m.share(), m.windowMillis(), m.activationMillis()),
                new Fault(weight, topic.failure().decay()), topic.invalid());
        return new ScoreOptions(strict, topicCap, rating, colocation, behaviour, thresholds, retainMillis, retained);
    }
}
