// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

/**
 * How a lookup is made.
 *
 * @param count      peers that are looked for: k
 * @param parallel   questions at a time, of all paths: α; more are faster where peers do not answer, and cost more
 * @param paths      disjoint paths: with d of them, an attacker must sit on each to hide what is there
 * @param maxAsked   peers that are asked at most; some sixty are usual in a network of ten thousand
 * @param diversity  how many peers of one network are taken
 */
public record LookupOptions(int count, int parallel, int paths, int maxAsked, Diversity diversity) {

    /** k = 20, α = 10, three paths. */
    public static LookupOptions standard(Diversity diversity) {
        return new LookupOptions(RoutingTable.BUCKET_SIZE, 10, 3, 256, diversity);
    }
}
