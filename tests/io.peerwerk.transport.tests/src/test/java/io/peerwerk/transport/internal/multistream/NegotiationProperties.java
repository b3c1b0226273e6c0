// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.multistream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.peerwerk.core.wire.FormatException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NegotiationProperties {

    @Property
    void bothEndsAgreeOnTheFirstProposalThatTheResponderSpeaks(@ForAll("names") List<String> proposed,
            @ForAll("spoken") Set<String> spoken) throws FormatException {
        Optional<String> expected = proposed.stream().filter(spoken::contains).findFirst();
        var proposer = new Proposer(proposed);
        var responder = new Responder(spoken::contains);
        var toResponder = new ArrayDeque<>(lines(proposer.start()));
        var toProposer = new ArrayDeque<String>();
        Optional<String> proposersView = Optional.empty();
        Optional<String> respondersView = Optional.empty();
        while (!toResponder.isEmpty() || !toProposer.isEmpty()) {
            if (!toResponder.isEmpty()) {
                switch (responder.receive(toResponder.remove())) {
                    case Step.Send(byte[] bytes) -> toProposer.addAll(lines(bytes));
                    case Step.Agreed(String protocol, byte[] bytes) -> {
                        toProposer.addAll(lines(bytes));
                        respondersView = Optional.of(protocol);
                    }
                    case Step.Wait w -> { }
                    case Step.NothingInCommon n -> throw new AssertionError("the responder gave up");
                }
            } else {
                switch (proposer.receive(toProposer.remove())) {
                    case Step.Send(byte[] bytes) -> toResponder.addAll(lines(bytes));
                    case Step.Agreed(String protocol, byte[] bytes) -> {
                        assertEquals(0, bytes.length);
                        proposersView = Optional.of(protocol);
                    }
                    case Step.Wait w -> { }
                    case Step.NothingInCommon n -> assertEquals(Optional.empty(), expected);
                }
            }
        }
        assertEquals(expected, proposersView);
        assertEquals(expected, respondersView);
    }

    @Provide
    Arbitrary<List<String>> names() {
        return name().list().uniqueElements().ofMinSize(1).ofMaxSize(8);
    }

    @Provide
    Arbitrary<Set<String>> spoken() {
        return name().set().ofMaxSize(8);
    }

    private static Arbitrary<String> name() {
        return Arbitraries.strings().withCharRange('a', 'f').ofMinLength(1).ofMaxLength(2).map(s -> '/' + s + "/1.0.0");
    }

    private static List<String> lines(byte[] bytes) throws FormatException {
        var lines = new java.util.ArrayList<String>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            lines.add(Line.read(in));
        }
        return lines;
    }
}
