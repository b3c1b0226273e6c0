// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.slicing;

import java.util.random.RandomGenerator;

import io.peerwerk.core.identity.PeerId;

/** Slicing by random numbers that are swapped until they are in the order of the attributes. */
public final class Ordering extends Slicing {

    private double number;

    public Ordering(PeerId self, double attribute, SlicingOptions options, RandomGenerator random) {
        super(self, attribute, options, random);
        number = random.nextDouble();
    }

    @Override
    public double position() {
        return number;
    }

    @Override
    SlicingMessage message() {
        return new SlicingMessage(attribute, number);
    }

    @Override
    void age() {
        // nothing here grows old
    }

    @Override
    void met(PeerId peer, SlicingMessage message) {
        swap(peer, message);
    }

    @Override
    void asked(PeerId peer, SlicingMessage message) {
        swap(peer, message);
    }

    /** Both sides come to the same decision, as each knows what the other one knows. */
    private void swap(PeerId peer, SlicingMessage message) {
        int order = Double.compare(attribute, message.attribute());
        boolean stronger = order > 0 || order == 0 && self.compareTo(peer) > 0;
        if (stronger == (number < message.random())) {
            number = message.random();
        }
    }
}
