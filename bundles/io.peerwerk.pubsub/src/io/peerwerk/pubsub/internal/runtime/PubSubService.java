// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.runtime;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.pubsub.MessageHandler;
import io.peerwerk.pubsub.MessageValidator;
import io.peerwerk.pubsub.PubSub;
import io.peerwerk.pubsub.PubSubMessage;
import io.peerwerk.pubsub.PubSubState;
import io.peerwerk.pubsub.Verdict;
import io.peerwerk.pubsub.internal.gossipsub.Authors;
import io.peerwerk.pubsub.internal.gossipsub.Gossipsub;
import io.peerwerk.pubsub.internal.gossipsub.GossipsubAction;
import io.peerwerk.pubsub.internal.gossipsub.GossipsubInput;
import io.peerwerk.pubsub.internal.gossipsub.GossipsubOptions;
import io.peerwerk.pubsub.internal.wire.Message;
import io.peerwerk.pubsub.internal.wire.MessageId;
import io.peerwerk.transport.Host;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Publish and subscribe of a node, over one host, from construction until {@link #close}. */
@Component(service = PubSub.class, configurationPid = PubSubService.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE, immediate = true)
public final class PubSubService implements PubSub, AutoCloseable {

    /** The configuration that brings a node's publish and subscribe into being. */
    public static final String PID = "io.peerwerk.pubsub";

    /** A validator that has not judged after so long has not judged at all. */
    private static final Duration JUDGE_LIMIT = Duration.ofSeconds(5);

    private final GossipsubOptions options;
    private final RouterThread router;
    private final Neighbourhood neighbourhood;
    private final Introductions introductions;
    private final TrustedPeers trusted;
    private final Subscriptions subscriptions = new Subscriptions();
    private final Judges judges = new Judges();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** What the configuration can hold. */
    public @interface Settings {

        /** Milliseconds between two heartbeats. Shorter repairs meshes sooner and costs traffic. */
        long heartbeat() default 1000;

        /** Whether own messages go to all known peers of a topic, so that nobody can keep them in; costs bandwidth. */
        boolean floodPublish() default true;

        /** Whether peers that find no place here are told of others. For peers that many newcomers turn to. */
        boolean peerExchange() default false;

        /**
         * Addresses, each ending in {@code /p2p/} and an id, of peers that are trusted: this peer stays connected to
         * them, sends them every message of their topics and hears them whatever they do. It must be so at both ends.
         */
        String[] direct() default {};
    }

    @Activate
    public PubSubService(@Reference Host host, @Reference Identity identity, Settings settings) {
        this(host, identity, options(settings), Arrays.stream(settings.direct()).map(Multiaddr::of).toList());
    }

    public PubSubService(Host host, Identity identity, GossipsubOptions options) {
        this(host, identity, options, List.of());
    }

    /**
     * @param direct addresses of peers that are trusted, beside those that the options name
     * @throws IllegalArgumentException if one of them does not say whose it is
     */
    public PubSubService(Host host, Identity identity, GossipsubOptions given, List<Multiaddr> direct) {
        this.trusted = new TrustedPeers(direct);
        this.options = given.withDirect(Stream.concat(given.direct().stream(), trusted.peers().stream())
                .collect(Collectors.toSet()));
        var environment = new Gossipsub.Environment(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
                new SecureRandom(), ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now()));
        this.router = new RouterThread("pubsub-" + host.id().brief(),
                new Gossipsub(identity.id(), Authors.strict(identity), options, environment), this::perform);
        this.neighbourhood = new Neighbourhood(host, router);
        this.introductions = new Introductions(host);
        router.beat(Duration.ofMillis(options.timing().heartbeatMillis()));
        try {
            neighbourhood.open();
            if (!trusted.peers().isEmpty()) {
                meetTrusted(host);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void meetTrusted(Host host) {
        trusted.meet(host, introductions);
        router.after(TrustedPeers.PAUSE, () -> meetTrusted(host));
    }

    private static GossipsubOptions options(Settings settings) {
        GossipsubOptions standard = GossipsubOptions.standard();
        long heartbeat = Math.clamp(settings.heartbeat(), 100, 60_000);
        return standard.withTiming(standard.timing().withHeartbeat(heartbeat)).withFloodPublish(settings.floodPublish())
                .withPeerExchange(settings.peerExchange());
    }

    // ---- what the router wants; on its thread

    private void perform(List<GossipsubAction> actions) {
        for (GossipsubAction action : actions) {
            switch (action) {
                case GossipsubAction.Send(PeerId to, var rpc) -> neighbourhood.send(to, rpc);
                case GossipsubAction.Deliver(Message message, PeerId author, PeerId via) ->
                    subscriptions.deliver(message(message, author, via));
                case GossipsubAction.Judge judge -> judge(judge);
                case GossipsubAction.Connect(PeerId peer, var addresses) -> introductions.connect(peer, addresses);
            }
        }
    }

    private void judge(GossipsubAction.Judge judge) {
        MessageId id = judge.id();
        Future<?> limit = router.after(JUDGE_LIMIT,
                () -> router.handle(new GossipsubInput.Judged(id, Verdict.IGNORE)));
        judges.judge(message(judge.message(), judge.author(), judge.via()), verdict -> {
            limit.cancel(false);
            router.tell(new GossipsubInput.Judged(id, verdict));
        });
    }

    private static PubSubMessage message(Message message, PeerId author, PeerId via) {
        return new PubSubMessage(message.topic(), message.data(), author, message.sequence(), via);
    }

    // ---- what the application wants

    @Override
    public Registration subscribe(String topic, MessageHandler handler) {
        if (!subscriptions.has(checked(topic)) && subscriptions.size() >= MAX_TOPICS) {
            throw new IllegalStateException("more than " + MAX_TOPICS + " topics");
        }
        Subscriptions.Subscription subscription = subscriptions.add(topic, handler);
        router.tell(new GossipsubInput.Subscribe(topic));
        return Registration.of(() -> {
            subscriptions.remove(subscription);
            router.run(() -> unsubscribe(topic));
        });
    }

    /** Unless somebody else is subscribed, or again. */
    private void unsubscribe(String topic) {
        if (!subscriptions.has(topic)) {
            router.handle(new GossipsubInput.Unsubscribe(topic));
        }
    }

    @Override
    public int publish(String topic, byte[] data) {
        checked(topic);
        if (data.length > maxMessage()) {
            throw new IllegalArgumentException("a message of " + data.length + " bytes is longer than " + maxMessage());
        }
        return router.ask(r -> (int) router.handle(new GossipsubInput.Publish(topic, data)).stream()
                .filter(action -> action instanceof GossipsubAction.Send send && !send.rpc().messages().isEmpty())
                .count());
    }

    @Override
    public int maxMessage() {
        return options.limits().maxData();
    }

    @Override
    public Registration validate(String topic, MessageValidator validator) {
        judges.add(checked(topic), validator);
        router.tell(new GossipsubInput.Guard(topic, true));
        return Registration.of(() -> {
            judges.remove(topic, validator);
            router.run(() -> router.handle(new GossipsubInput.Guard(topic, judges.has(topic))));
        });
    }

    @Override
    public void rate(PeerId peer, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a value of " + value);
        }
        router.tell(new GossipsubInput.Rated(peer, value));
    }

    @Override
    public List<String> topics() {
        return router.ask(Gossipsub::topics);
    }

    @Override
    public List<PeerId> peers(String topic) {
        return router.ask(r -> r.peers(topic));
    }

    @Override
    public PubSubState state() {
        return router.ask(Gossipsub::state);
    }

    private static String checked(String topic) {
        if (topic.isEmpty() || topic.getBytes(StandardCharsets.UTF_8).length > MAX_TOPIC) {
            throw new IllegalArgumentException("the name of a topic has 1 to " + MAX_TOPIC + " bytes");
        }
        return topic;
    }

    /** Leaves all peers and stops. Does nothing the second time. */
    @Deactivate
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            neighbourhood.close();
            introductions.close();
            subscriptions.close();
            router.close();
        }
    }
}
