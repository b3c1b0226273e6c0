// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.topics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

import org.eclipse.osgi.util.NLS;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.Registration;
import io.peerwerk.pubsub.PubSub;
import io.peerwerk.pubsub.PubSubMessage;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.Figures;

/**
 * The topics that the user of this workbench is subscribed to, and the last messages of them. A subscription is the
 * user's wish: it is kept in the preferences and renewed whenever the module comes back, with the node or without it.
 *
 * <p>Thread-safe. It holds on to the module itself rather than asking the node, since the node does not tell when this
 * module comes and goes.
 */
@Component(service = Topics.class)
public final class Topics {
    /** So many messages are kept, the last ones. */
    static final int LOG = 200;

    private static final Logger LOGGER = LoggerFactory.getLogger(Topics.class);

    private final TopicMemory memory;
    private final InstantSource clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    /** What the user wants, each with its subscription where the module is there. */
    private final Map<String, Optional<Registration>> wanted = new TreeMap<>();
    private final Deque<Heard> log = new ArrayDeque<>();
    private final Map<String, Long> counts = new HashMap<>();
    private long number;
    private volatile @Nullable PubSub module;

    /** With the wishes of the preferences. */
    @Activate
    public Topics() {
        this(new TopicMemory.OfWorkspace(), InstantSource.system());
    }

    Topics(TopicMemory memory, InstantSource clock) {
        this.memory = memory;
        this.clock = clock;
        memory.read().stream().filter(name -> problem(name) == null).forEach(name -> wanted.put(name, Optional.empty()));
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindModule(PubSub came) {
        lock.lock();
        try {
            end();
            module = came;
            wanted.replaceAll((topic, none) -> renewed(topic, came));
        } finally {
            lock.unlock();
        }
        tell();
    }

    public void unbindModule(PubSub gone) {
        lock.lock();
        try {
            if (module != gone) {
                return;
            }
            module = null;
            end();
        } finally {
            lock.unlock();
        }
        tell();
    }

    private Optional<Registration> renewed(String topic, PubSub by) {
        try {
            return Optional.of(by.subscribe(topic, this::heard));
        } catch (IllegalStateException e) {
            LOGGER.warn("no room for the subscription to {}: {}", topic, e.getMessage());
            return Optional.empty();
        }
    }

    @Deactivate
    public void close() {
        lock.lock();
        try {
            module = null;
            end();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        wanted.replaceAll((topic, subscription) -> {
            subscription.ifPresent(Registration::close);
            return Optional.empty();
        });
    }

    /** The module, while it is there. */
    public Optional<PubSub> module() {
        return Optional.ofNullable(module);
    }

    /** What is wrong with the name of a topic, in a sentence; null where nothing is. */
    public static @Nullable String problem(String name) {
        if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > PubSub.MAX_TOPIC) {
            return NLS.bind(Messages.Topic_length, PubSub.MAX_TOPIC);
        }
        return name.equals(Figures.plain(name)) && name.equals(name.strip()) ? null : Messages.Topic_invisible;
    }

    /**
     * Hears a topic from now on, or as soon as the module is there.
     *
     * @throws IllegalArgumentException with a sentence for people, if this is no name of a topic or there are too many
     */
    public void subscribe(String topic) {
        String problem = problem(topic);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        lock.lock();
        try {
            if (wanted.containsKey(topic)) {
                return;
            }
            PubSub now = module;
            wanted.put(topic, now == null ? Optional.empty() : Optional.of(now.subscribe(topic, this::heard)));
            memory.write(wanted.keySet());
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException(NLS.bind(Messages.Topic_many, PubSub.MAX_TOPICS), e);
        } finally {
            lock.unlock();
        }
        tell();
    }

    /** Hears a topic no more; what was heard stays. */
    public void unsubscribe(String topic) {
        lock.lock();
        try {
            Optional<Registration> subscription = wanted.remove(topic);
            if (subscription == null) {
                return;
            }
            subscription.ifPresent(Registration::close);
            memory.write(wanted.keySet());
        } finally {
            lock.unlock();
        }
        tell();
    }

    /** What the user is subscribed to. */
    public Set<String> wanted() {
        lock.lock();
        try {
            return Set.copyOf(wanted.keySet());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says something under a topic; one need not be subscribed. May block for a moment.
     *
     * @return how many peers it was sent to
     * @throws IOException with a sentence for people, if the module is not there
     * @throws IllegalArgumentException with a sentence for people, if the topic's name or the text is not accepted
     */
    public int publish(String topic, String text) throws IOException {
        PubSub now = module;
        String problem = problem(topic);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        try {
            if (now != null) {
                return now.publish(topic, text.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IllegalStateException e) {
            // It goes at this very moment.
        }
        throw new IOException(NLS.bind(Messages.Notice_moduleTitle, Messages.Module_pubsub));
    }

    private void heard(PubSubMessage message) {
        String text = MessageText.of(message.data());
        lock.lock();
        try {
            log.addFirst(new Heard(number++, clock.instant(), message.topic(), message.author(), message.via(), text, message.size()));
            if (log.size() > LOG) {
                log.removeLast();
            }
            counts.merge(message.topic(), 1L, Long::sum);
        } finally {
            lock.unlock();
        }
        tell();
    }

    /** The last messages, the newest first. */
    public List<Heard> log() {
        lock.lock();
        try {
            return List.copyOf(log);
        } finally {
            lock.unlock();
        }
    }

    /** How many messages of each topic were heard here. */
    public Map<String, Long> counts() {
        lock.lock();
        try {
            return Map.copyOf(counts);
        } finally {
            lock.unlock();
        }
    }

    /** Tells of every message and of every change; on any thread, often, and the listener must return at once. */
    public Registration listen(Runnable changed) {
        listeners.add(changed);
        return () -> listeners.remove(changed);
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }
}
