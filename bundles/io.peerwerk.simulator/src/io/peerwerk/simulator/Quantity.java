// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator;

import java.util.EnumSet;
import java.util.List;

/** What can be observed. A row has those that mean something for its protocol and mode. */
public enum Quantity {
    /** Peers that are up. */
    UP("up", "up", 0),
    /** Neighbours a peer has, dead ones too. */
    LINKS("links", "links", 2),
    /** The fewest neighbours that a peer has. */
    LINKS_MIN("linksMin", "links min", 0),
    /** Standard deviation of the in-degree: in how many views of peers that are up a peer stands. */
    IN_DEVIATION("inDegreeDeviation", "in-degree ±", 2),
    /** The lowest in-degree. */
    IN_MIN("inDegreeMin", "in-degree min", 0),
    /** The highest in-degree. */
    IN_MAX("inDegreeMax", "in-degree max", 0),
    /** Percent of links that lead to peers that are gone. */
    DEAD("deadLinksPercent", "dead links %", 3),
    /** Sets of peers that hang together by their links, in either direction. */
    COMPONENTS("components", "components", 0),
    /** Percent of the peers that are up in the largest component. */
    LARGEST("largestPercent", "largest %", 2),
    /** How many of the pairs of a peer's neighbours are neighbours themselves; of a sample of peers. */
    CLUSTERING("clustering", "clustering", 3),
    /** Steps from a peer to another, in either direction of links; of a sample of peers. */
    PATH("pathLength", "path", 2),
    /** Other members that are up and that a peer holds for alive, percent; of a sample of peers. */
    KNOWN("knownPercent", "known %", 2),
    /** Members that are up and that a peer holds for suspect or dead, percent; of a sample of peers. */
    WRONGED("wrongedPercent", "wronged %", 3),
    /** Members that are gone and that a peer holds for alive, a peer; of a sample of peers. */
    MISSED("missed", "missed", 2),
    /** Deaths of peers that are up, told by any peer so far. */
    FALSE_DEATHS("falseDeaths", "false deaths", 0),
    /** Suspicions of peers that are up, by any peer so far. */
    FALSE_SUSPICIONS("falseSuspicions", "false suspicions", 0),
    /** Seconds from a crash until the first peer held it for dead, on average so far. */
    DETECTION("detectionSeconds", "found after s", 2),
    /**
     * Of those that watched a peer when it crashed, who have found it dead, percent; of crashes since when each had time
     * for a round of probes.
     */
    NOTICED("noticedPercent", "watchers know %", 2),
    /** Messages a peer and second, since the last row. */
    MESSAGES("messagesPerPeerSecond", "messages/peer s", 2);

    private final String key;
    private final String heading;
    private final int decimals;

    Quantity(String key, String heading, int decimals) {
        this.key = key;
        this.heading = heading;
        this.decimals = decimals;
    }

    /** What the rows of a scenario have, where it has a value at the time. */
    public static List<Quantity> of(Scenario scenario) {
        var quantities = EnumSet.of(UP);
        if (scenario.protocol() == Scenario.Protocol.SWIM && scenario.settings().watched() > 0) {
            quantities.addAll(EnumSet.range(LINKS, LARGEST));
            quantities.addAll(EnumSet.range(FALSE_DEATHS, NOTICED));
        } else if (scenario.protocol() == Scenario.Protocol.SWIM) {
            quantities.addAll(EnumSet.range(KNOWN, DETECTION));
        } else {
            quantities.addAll(EnumSet.range(LINKS, PATH));
            quantities.removeAll(EnumSet.of(LINKS_MIN, IN_MIN));
        }
        if (scenario.mode() == Scenario.Mode.EVENTS) {
            quantities.add(MESSAGES);
        }
        return List.copyOf(quantities);
    }

    /** Its name in JSON. */
    public String key() {
        return key;
    }

    /** Its name in tables. */
    public String heading() {
        return heading;
    }

    /** How many decimals it deserves. */
    public int decimals() {
        return decimals;
    }
}
