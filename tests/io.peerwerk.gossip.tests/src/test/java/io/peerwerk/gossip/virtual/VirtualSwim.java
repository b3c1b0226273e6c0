// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.virtual;

import java.io.UncheckedIOException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.internal.swim.Swim;
import io.peerwerk.gossip.internal.swim.SwimAction;
import io.peerwerk.gossip.internal.swim.SwimCodec;
import io.peerwerk.gossip.internal.swim.SwimInput;
import io.peerwerk.gossip.internal.swim.SwimMessage;
import io.peerwerk.gossip.internal.swim.SwimOptions;

/** SWIM peers on a {@link VirtualNetwork}. Every message goes through the codec. */
public final class VirtualSwim {

    /** One change that one peer told. */
    public record Told(int by, long atMillis, @Nullable Member before, Member now) {
    }

    public final VirtualNetwork network;
    public final List<Told> told = new ArrayList<>();
    private final SwimOptions options;
    private final Map<Integer, Peer> peers = new HashMap<>();
    private final Map<PeerId, Integer> numbers = new HashMap<>();
    private final Map<Integer, Integer> lives = new HashMap<>();
    private long bytes;
    private long refusals;

    /** Hears of each request that is sent, and to whom. */
    public BiConsumer<Integer, SwimMessage.Request> onAsk = (to, request) -> { };

    public VirtualSwim(VirtualNetwork network, SwimOptions options) {
        this.network = network;
        this.options = options;
    }

    /** One life of one process. */
    private final class Peer {
        final int number;
        final Swim swim;
        final Map<Long, Caller> callers = new HashMap<>();
        boolean up = true;
        boolean paused;
        final List<SwimInput> waiting = new ArrayList<>();
        private long timer;
        private long lastTicket;

        private record Caller(Peer peer, long ticket) {
        }

        Peer(int number) {
            this.number = number;
            this.swim = new Swim(Peers.identity(number), List.of(Peers.address(number)), options, network.clock(),
                    network.random());
        }

        void handle(SwimInput input) {
            if (!up) {
                return;
            }
            if (paused) {
                waiting.add(input);
                return;
            }
            swim.handle(input).forEach(this::perform);
        }

        private void perform(SwimAction action) {
            switch (action) {
                case SwimAction.Ask ask -> ask(ask);
                case SwimAction.Answer(long ticket, SwimMessage.Answer answer) ->
                    answer(callers.remove(ticket), answer);
                case SwimAction.Refuse(long ticket, String why) -> {
                    callers.remove(ticket);
                    refusals++;
                }
                case SwimAction.Wake(long millis) -> {
                    long mine = ++timer;
                    network.after(millis, () -> {
                        if (mine == timer) {
                            handle(new SwimInput.Tick());
                        }
                    });
                }
                case SwimAction.Changed(@Nullable Member before, Member now) ->
                    told.add(new Told(number, network.millis(), before, now));
                case SwimAction.Measured measured -> { }
                case SwimAction.Forgotten forgotten -> { }
                case SwimAction.Presented presented -> { }
            }
        }

        /** Once, and once more at half time where no answer has come: as the runtime does it over datagrams. */
        private void ask(SwimAction.Ask ask) {
            byte[] request = SwimCodec.encode(ask.request());
            askedAt.put(ask.ticket(), network.millis());
            network.after(ask.timeoutMillis(), () -> fail(ask.ticket()));
            Integer to = numbers.get(ask.to().id());
            if (to != null) { // else it is an invention
                onAsk.accept(to, ask.request());
                send(to, ask.ticket(), request);
                network.after(ask.timeoutMillis() / 2, () -> {
                    if (askedAt.containsKey(ask.ticket())) {
                        send(to, ask.ticket(), request);
                    }
                });
            }
        }

        private void send(int to, long ticket, byte[] request) {
            bytes += request.length;
            network.send(number, to, () -> {
                Peer asked = peers.get(to);
                if (asked != null && asked.up) {
                    asked.receive(this, ticket, request);
                }
            });
        }

        private void fail(long ticket) {
            if (askedAt.remove(ticket) != null) {
                handle(new SwimInput.Failed(ticket));
            }
        }

        private final Map<Long, Long> askedAt = new HashMap<>();

        void receive(Peer from, long theirTicket, byte[] request) {
            long ticket = ++lastTicket;
            callers.put(ticket, new Caller(from, theirTicket));
            try {
                handle(new SwimInput.Received(SwimCodec.decodeRequest(Peers.id(from.number), request), ticket));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void answer(Caller caller, SwimMessage.Answer answer) {
            byte[] message = SwimCodec.encode(answer);
            bytes += message.length;
            network.send(number, caller.peer().number, () -> caller.peer().answered(caller.ticket(), number, message));
        }

        private void answered(long ticket, int by, byte[] message) {
            try {
                Long began = askedAt.remove(ticket);
                if (began == null) {
                    return; // too late, or again
                }
                long nanos = 1_000_000 * (network.millis() - began);
                handle(new SwimInput.Answered(ticket, SwimCodec.decodeAnswer(Peers.id(by), message), nanos));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Starts peers 0 to count-1; all but the first know the first one's address. */
    public void start(int count) {
        for (int i = 0; i < count; i++) {
            start(i, 0);
        }
    }

    /** Starts a peer, again perhaps; it tries the bootstrap peer until it knows somebody. */
    public void start(int number, int bootstrap) {
        var peer = new Peer(number);
        numbers.put(Peers.id(number), number);
        peers.put(number, peer);
        lives.merge(number, 1, Integer::sum);
        peer.handle(new SwimInput.Tick());
        if (number != bootstrap) {
            knock(peer, bootstrap);
        }
    }

    private void knock(Peer peer, int bootstrap) {
        boolean alone = peer.swim.members().stream().noneMatch(member -> member.state().isReachable());
        if (peer.up && alone) {
            peer.handle(new SwimInput.Meet(Peers.contact(bootstrap)));
            network.after(2000, () -> knock(peer, bootstrap));
        }
    }

    /** The power goes: nobody is told. */
    public void crash(int number) {
        peers.get(number).up = false;
    }

    /** The process is killed: those who had a connection notice that it is gone. */
    public void kill(int number) {
        crash(number);
        for (int i : up()) {
            network.after(1, () -> handle(i, new SwimInput.ConnectionLost(Peers.id(number))));
        }
    }

    public void leave(int number) {
        handle(number, new SwimInput.Leave());
        crash(number);
    }

    /** Stops the process (SIGSTOP): what comes meanwhile waits. */
    public void pause(int number) {
        peers.get(number).paused = true;
    }

    public void resume(int number) {
        Peer peer = peers.get(number);
        peer.paused = false;
        List<SwimInput> waiting = List.copyOf(peer.waiting);
        peer.waiting.clear();
        waiting.forEach(peer::handle);
    }

    public void handle(int number, SwimInput input) {
        peers.get(number).handle(input);
    }

    /** A message from a peer whose program is not ours. */
    public void inject(int from, int to, SwimMessage.Request request) {
        numbers.putIfAbsent(Peers.id(from), from);
        Peer liar = peers.computeIfAbsent(from, Peer::new);
        liar.up = false;
        peers.get(to).receive(liar, 0, SwimCodec.encode(request));
    }

    public Swim swim(int number) {
        return peers.get(number).swim;
    }

    public Collection<Integer> up() {
        return peers.values().stream().filter(peer -> peer.up).map(peer -> peer.number).sorted().toList();
    }

    /** What one peer believes of another. */
    public Optional<MemberState> belief(int of, int about) {
        return swim(of).find(Peers.id(about)).map(Member::state);
    }

    /** Whether each peer that is up holds each other one for alive. */
    public boolean allSeeAllAlive() {
        return allPairs((of, about) -> belief(of, about).filter(MemberState.ALIVE::equals).isPresent());
    }

    public boolean allPairs(BiPredicate<Integer, Integer> condition) {
        Collection<Integer> up = up();
        return up.stream().allMatch(a -> up.stream().allMatch(b -> a.equals(b) || condition.test(a, b)));
    }

    public boolean allBelieve(int about, MemberState state) {
        return up().stream().filter(of -> of != about)
                .allMatch(of -> belief(of, about).filter(state::equals).isPresent());
    }

    /** Changes to this state that were told about peers, by anyone. */
    public long toldOf(MemberState state) {
        return told.stream().filter(t -> t.now().state() == state).count();
    }

    /** Bytes of all messages so far, without what carries them. */
    public long bytes() {
        return bytes;
    }

    /** Requests that were refused because of a lie. */
    public long refusals() {
        return refusals;
    }

    /** All of it converges. */
    public Duration converge(Duration limit) {
        return network.runUntil(this::allSeeAllAlive, limit);
    }
}
