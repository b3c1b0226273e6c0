// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.dial;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.multiformats.Component;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.core.wire.FormatException;

/**
 * Turns addresses with a name in front into addresses without one. {@code /dns4} takes the IPv4 addresses of a host,
 * {@code /dns6} those of IPv6, {@code /dns} both; {@code /dnsaddr} takes whole addresses from the TXT records of
 * {@code _dnsaddr.<name>}, of which those are meant that end with the peer behind the name, if one is there:
 *
 * <pre>
 *   /dns4/example.org/tcp/4001           ─▶ /ip4/192.0.2.7/tcp/4001, …
 *   /dns/example.org/tcp/443/wss         ─▶ /ip4/192.0.2.7/tcp/443/tls/sni/example.org/ws, …
 *   /dnsaddr/example.org/p2p/Qm…         ─▶ every address of the records that ends with /p2p/Qm…, resolved in turn
 * </pre>
 *
 * Records come from strangers: their nesting, their number, the lookups for one address and their time are bounded.
 * Answers are kept for a minute, failures for a few seconds.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/addressing/README.md">libp2p addressing</a>
 */
public final class Resolver {

    /** Names within names within {@code /dnsaddr}. */
    static final int MAX_DEPTH = 4;

    /** Addresses that one address can become. */
    static final int MAX_RESULTS = 16;

    /** Lookups for one address. */
    static final int MAX_LOOKUPS = 32;

    /** Names whose answers are kept. */
    static final int MAX_CACHED = 256;

    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final Duration FAILURE_KEPT = Duration.ofSeconds(5);
    private static final String RECORD = "dnsaddr=";

    /** Host names, in ASCII: anything else is for no name server, and some of it means more to those who look names up. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_-]{1,63}(?:\\.[A-Za-z0-9_-]{1,63}){0,32}\\.?");

    private static final Set<Protocol> NAMES =
            Set.of(Protocol.DNS, Protocol.DNS4, Protocol.DNS6, Protocol.DNSADDR);

    private enum Kind { ADDRESSES, TEXTS }

    private record Question(String name, Kind kind) {
    }

    private record Answer(List<?> found, Instant until) {
    }

    @FunctionalInterface
    private interface Lookup {
        List<?> get() throws IOException;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Question, Answer> cache = new LinkedHashMap<>(16, 0.75f, true);
    private final Names names;
    private final Executor threads;
    private final InstantSource clock;

    /**
     * @param names   where names are looked up
     * @param threads run the lookups, which may hang; refuse when there are too many
     */
    public Resolver(Names names, Executor threads, InstantSource clock) {
        this.names = names;
        this.threads = threads;
        this.clock = clock;
    }

    /** Whether an address has a name in front. */
    public static boolean isName(Multiaddr address) {
        return NAMES.contains(address.components().getFirst().protocol());
    }

    /**
     * Resolves an address. Blocks.
     *
     * @return at least one address, none of which has a name in front; the address itself if it has none
     * @throws IOException if nothing stands under the name, or it takes longer than the limit
     */
    public List<Multiaddr> resolve(Multiaddr address, Duration limit) throws IOException {
        var search = new Search(System.nanoTime() + limit.toNanos());
        search.resolve(address, 0);
        if (search.results.isEmpty()) {
            String name = address.components().getFirst().value();
            throw search.failure != null ? search.failure : new IOException("no address is known for " + name);
        }
        return List.copyOf(search.results);
    }

    /** One address on its way to its results. */
    private final class Search {

        private final Set<Multiaddr> results = new LinkedHashSet<>();
        private final long deadline;
        private int lookups;
        private @Nullable IOException failure;

        private Search(long deadline) {
            this.deadline = deadline;
        }

        private void resolve(Multiaddr address, int depth) throws InterruptedIOException {
            if (results.size() >= MAX_RESULTS) {
                return;
            }
            if (!isName(address)) {
                results.add(address);
                return;
            }
            if (depth >= MAX_DEPTH || ++lookups > MAX_LOOKUPS) {
                return;
            }
            Component front = address.components().getFirst();
            try {
                if (front.protocol() == Protocol.DNSADDR) {
                    records(address, front.value(), depth);
                } else {
                    hosts(address, front);
                }
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                failure = e;
            }
        }

        private void hosts(Multiaddr address, Component front) throws IOException {
            for (Object found : ask(front.value(), Kind.ADDRESSES)) {
                InetAddress ip = (InetAddress) found;
                boolean four = ip instanceof Inet4Address;
                boolean wanted = front.protocol() == Protocol.DNS || four == (front.protocol() == Protocol.DNS4);
                if (wanted && results.size() < MAX_RESULTS) {
                    Multiaddr resolved = withHost(address, ip, front.value());
                    if (resolved != null) {
                        results.add(resolved);
                    }
                }
            }
        }

        private void records(Multiaddr address, String name, int depth) throws IOException {
            List<Component> rest = address.components().subList(1, address.components().size());
            int peerEnd = 0;
            while (peerEnd < rest.size() && (peerEnd == 0 || rest.get(peerEnd - 1).protocol() != Protocol.P2P)) {
                peerEnd++;
            }
            List<Component> suffix = rest.subList(0, peerEnd);
            List<Component> behind = rest.subList(peerEnd, rest.size());
            for (Object found : ask("_dnsaddr." + name, Kind.TEXTS)) {
                String text = (String) found;
                Multiaddr meant = text.startsWith(RECORD) ? parsed(text.substring(RECORD.length())) : null;
                if (meant != null && endsWith(meant.components(), suffix)) {
                    Multiaddr whole = joined(meant, behind);
                    if (whole != null) {
                        resolve(whole, depth + 1);
                    }
                }
            }
        }

        private List<?> ask(String name, Kind kind) throws IOException {
            if (!HOST.matcher(name).matches()) {
                throw new IOException("that is no name of a host");
            }
            Lookup lookup = kind == Kind.TEXTS ? () -> names.texts(name) : () -> names.addresses(name);
            return answer(new Question(name.toLowerCase(Locale.ROOT), kind), lookup,
                    deadline - System.nanoTime());
        }
    }

    private List<?> answer(Question question, Lookup lookup, long nanos) throws IOException {
        Instant now = clock.instant();
        lock.lock();
        try {
            Answer known = cache.get(question);
            if (known != null && now.isBefore(known.until())) {
                return known.found();
            }
        } finally {
            lock.unlock();
        }
        List<?> found = inTime(question.name(), lookup, nanos);
        List<?> some = List.copyOf(found.subList(0, Math.min(found.size(), DomainNames.MAX_RECORDS)));
        keep(question, new Answer(some, now.plus(some.isEmpty() ? FAILURE_KEPT : KEPT)));
        return some;
    }

    private List<?> inTime(String name, Lookup lookup, long nanos) throws IOException {
        var future = new CompletableFuture<List<?>>();
        try {
            threads.execute(() -> {
                try {
                    future.complete(lookup.get());
                } catch (IOException | RuntimeException e) {
                    future.completeExceptionally(e);
                }
            });
            return future.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            throw new IOException("too many names are being looked up", e);
        } catch (TimeoutException e) {
            throw new IOException("no answer in time about " + name, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a name was looked up");
        }
    }

    private void keep(Question question, Answer answer) {
        lock.lock();
        try {
            cache.put(question, answer);
            if (cache.size() > MAX_CACHED) {
                cache.pollFirstEntry();
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- addresses

    /** The address with an IP in place of the name; where TLS has to know the name it stays as the server's name. */
    private static @Nullable Multiaddr withHost(Multiaddr address, InetAddress ip, String name) {
        var text = new StringBuilder(ipAddress(ip));
        boolean sni = address.has(Protocol.SNI);
        boolean web = address.has(Protocol.WS) || address.has(Protocol.WSS);
        boolean tls = address.has(Protocol.TLS);
        for (Component component : address.components().subList(1, address.components().size())) {
            switch (component.protocol()) {
                case WSS -> text.append(tls ? "" : "/tls").append(sni || tls ? "" : "/sni/" + name).append("/ws");
                case TLS -> text.append(component).append(web && !sni ? "/sni/" + name : "");
                default -> text.append(component);
            }
        }
        return parsed(text.toString());
    }

    private static String ipAddress(InetAddress ip) {
        List<Component> socket = Multiaddr.tcp(new InetSocketAddress(ip, 1)).components();
        return socket.get(socket.size() - 2).toString();
    }

    private static boolean endsWith(List<Component> all, List<Component> end) {
        return all.size() >= end.size() && all.subList(all.size() - end.size(), all.size()).equals(end);
    }

    private static @Nullable Multiaddr joined(Multiaddr address, List<Component> behind) {
        var text = new StringBuilder(address.toString());
        behind.forEach(text::append);
        return parsed(text.toString());
    }

    private static @Nullable Multiaddr parsed(String record) {
        try {
            return Multiaddr.parse(record);
        } catch (FormatException e) {
            return null; // a kind of address that is not known here, or nonsense, or too long
        }
    }
}
