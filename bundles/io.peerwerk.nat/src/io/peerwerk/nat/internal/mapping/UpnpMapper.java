// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;

/** Asks a gateway over UPnP: found by a search, then by SOAP requests to its service that maps ports. */
final class UpnpMapper implements PortMapper {

    private static final Logger LOG = LoggerFactory.getLogger(UpnpMapper.class);

    /** Answers to a search that are looked at; a home has one router, and who sends more is not one. */
    private static final int MAX_ANSWERS = 8;

    private static final int ONLY_PERMANENT = 725;
    private static final int CONFLICT = 718;

    /** Outer ports that are tried when others have them. */
    private static final int TRIES = 4;

    /** A mapping that the gateway only makes for ever is looked after like one of this length. */
    private static final Duration PERMANENT = Duration.ofHours(1);

    private final LanHttp http;
    private final DeviceDescription.Service service;
    private final InetAddress local;
    private final RandomGenerator random;

    private UpnpMapper(LanHttp http, DeviceDescription.Service service, InetAddress local, RandomGenerator random) {
        this.http = http;
        this.service = service;
        this.local = local;
        this.random = random;
    }

    /**
     * Searches for a gateway that maps ports and is connected. Blocks for some seconds.
     *
     * @throws IOException if there is none
     */
    static UpnpMapper find(UpnpSearch search, RandomGenerator random) throws IOException {
        List<URI> locations = search(search);
        if (locations.isEmpty()) {
            throw new SocketTimeoutException("no UPnP gateway answers");
        }
        var http = new LanHttp(search.patience());
        for (URI location : locations) {
            try {
                LanHttp.Answer answer = http.get(location);
                if (answer.status() != 200) {
                    throw new IOException("status " + answer.status());
                }
                var description = DeviceDescription.parse(answer.body(), location);
                for (DeviceDescription.Service service : description.services()) {
                    var mapper = new UpnpMapper(http, service, localTo(service.control()), random);
                    if (mapper.isConnected()) {
                        return mapper;
                    }
                }
            } catch (IOException e) {
                LOG.debug("no gateway at {}: {}", location, e.toString());
            }
        }
        http.close();
        throw new IOException("no UPnP gateway maps ports");
    }

    private static List<URI> search(UpnpSearch search) throws IOException {
        var locations = new ArrayList<URI>();
        try (var socket = new DatagramSocket()) {
            socket.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 2);
            NetworkInterface card = wayOut(search.target());
            if (card != null && search.target().getAddress().isMulticastAddress()) {
                socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, card);
            }
            byte[] question = Ssdp.search((int) Math.max(1, search.answers().toSeconds() - 1));
            socket.send(new DatagramPacket(question, question.length, search.target()));
            long deadline = System.nanoTime() + search.answers().toNanos();
            byte[] buffer = new byte[Ssdp.MAX_LENGTH + 1];
            for (int i = 0; i < MAX_ANSWERS; i++) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    break;
                }
                var packet = new DatagramPacket(buffer, buffer.length);
                socket.setSoTimeout((int) left);
                socket.receive(packet);
                collect(packet, search.anyScope(), locations);
            }
        } catch (SocketTimeoutException e) {
            LOG.trace("nobody answers any more");
        }
        return locations;
    }

    private static void collect(DatagramPacket packet, boolean anyScope, List<URI> locations) {
        try {
            URI location = Ssdp.location(Arrays.copyOf(packet.getData(), packet.getLength()));
            if (!LanUrl.isAt(location, packet.getAddress(), anyScope)) {
                throw new FormatException("it sends us elsewhere");
            }
            if (!locations.contains(location)) {
                locations.add(location);
            }
        } catch (FormatException e) {
            LOG.debug("an answer to the search from {} is passed over: {}", packet.getAddress(), e.getMessage());
        }
    }

    /** The interface that leads to the router; with several, multicast would otherwise take any of them. */
    private static @Nullable NetworkInterface wayOut(InetSocketAddress target)
            throws IOException {
        InetAddress towards = target.getAddress().isMulticastAddress() ? DefaultRoute.gateway().orElse(null)
                : target.getAddress();
        return towards == null ? null : NetworkInterface.getByInetAddress(localTo(towards, target.getPort()));
    }

    private static InetAddress localTo(URI url) throws IOException {
        return localTo(InetAddress.getByName(url.getHost()), url.getPort() < 0 ? 80 : url.getPort());
    }

    private static InetAddress localTo(InetAddress address, int port) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(address, port));
            return socket.getLocalAddress();
        }
    }

    private boolean isConnected() {
        try {
            return "Connected".equals(ask("GetStatusInfo", Map.of()).get("NewConnectionStatus"));
        } catch (IOException e) {
            LOG.debug("{} at {} does not say whether it is connected: {}", service.type(), service.control(),
                    e.toString());
            return false;
        }
    }

    @Override
    public String name() {
        return "UPnP";
    }

    @Override
    public Grant map(Port port, int external, Duration lifetime) throws IOException {
        InetAddress outer = outerAddress();
        int wish = external;
        Duration length = lifetime;
        for (int i = 0; i < TRIES; i++) {
            try {
                add(port, wish, length);
                return new Grant(new InetSocketAddress(outer, wish), length.isZero() ? PERMANENT : length, false);
            } catch (Fault fault) {
                if (fault.code() == ONLY_PERMANENT && !length.isZero()) {
                    length = Duration.ZERO;
                } else if (fault.code() == CONFLICT) {
                    wish = random.nextInt(1024, 65536);
                } else {
                    throw fault;
                }
            }
        }
        throw new IOException("the gateway has no port free");
    }

    private void add(Port port, int external, Duration lifetime) throws IOException {
        var values = new LinkedHashMap<String, String>();
        values.put("NewRemoteHost", "");
        values.put("NewExternalPort", Integer.toString(external));
        values.put("NewProtocol", port.transport().name());
        values.put("NewInternalPort", Integer.toString(port.number()));
        values.put("NewInternalClient", local.getHostAddress());
        values.put("NewEnabled", "1");
        values.put("NewPortMappingDescription", "Peerwerk");
        values.put("NewLeaseDuration", Long.toString(lifetime.toSeconds()));
        ask("AddPortMapping", values);
    }

    @Override
    public void unmap(Port port, int external) throws IOException {
        var values = new LinkedHashMap<String, String>();
        values.put("NewRemoteHost", "");
        values.put("NewExternalPort", Integer.toString(external));
        values.put("NewProtocol", port.transport().name());
        ask("DeletePortMapping", values);
    }

    private InetAddress outerAddress() throws IOException {
        String text = ask("GetExternalIPAddress", Map.of()).getOrDefault("NewExternalIPAddress", "");
        // Read as an address and nothing else: a name would be asked of a name server.
        return Multiaddr.parse("/ip4/" + text + "/tcp/0").tcpAddress().map(InetSocketAddress::getAddress)
                .orElseThrow(() -> new FormatException("the gateway names no outer address"));
    }

    private Map<String, String> ask(String action, Map<String, String> values) throws IOException {
        LanHttp.Answer answer = http.post(service.control(), service.type() + '#' + action,
                Soap.request(service.type(), action, values));
        Map<String, String> said = Soap.answer(answer.body());
        if (answer.status() != 200) {
            throw new Fault(code(said.getOrDefault("errorCode", "")), answer.status());
        }
        return said;
    }

    private static int code(String text) {
        return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    }

    @Override
    public void close() {
        http.close();
    }

    /** The gateway refuses. */
    private static final class Fault extends IOException {

        private static final long serialVersionUID = 1L;

        private final int code;

        private Fault(int code, int status) {
            super("the gateway refuses, " + (code == 0 ? "status " + status : "error " + code));
            this.code = code;
        }

        private int code() {
            return code;
        }
    }
}
