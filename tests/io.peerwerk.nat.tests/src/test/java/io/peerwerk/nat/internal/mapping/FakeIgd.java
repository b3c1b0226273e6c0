// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A router on loopback that speaks UPnP: answers searches, describes itself, takes SOAP requests. */
final class FakeIgd implements AutoCloseable {

    /** A status and a body. */
    record Answer(int status, String body) {
    }

    final Map<String, String> mapped = new ConcurrentHashMap<>();
    final List<String> actions = new CopyOnWriteArrayList<>();
    final List<String> fetched = new CopyOnWriteArrayList<>();
    private final HttpServer http;
    private final DatagramSocket ssdp;
    volatile String location;
    volatile Answer description;
    volatile Function<String, Answer> refusal = action -> null;
    volatile String outer;

    FakeIgd(String outer) throws IOException {
        this.outer = outer;
        http = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        http.createContext("/", this::serve);
        http.setExecutor(task -> Thread.ofVirtual().start(task));
        http.start();
        location = base() + "/root.xml";
        description = new Answer(200, described("/control"));
        ssdp = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
        Thread.ofVirtual().start(this::answerSearches);
    }

    String base() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) ssdp.getLocalSocketAddress();
    }

    static String described(String control) {
        return """
                <?xml version="1.0"?>
                <root xmlns="urn:schemas-upnp-org:device-1-0"><specVersion><major>1</major><minor>0</minor></specVersion>
                <device><deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1</deviceType>
                <serviceList><service><serviceType>urn:schemas-upnp-org:service:Layer3Forwarding:1</serviceType>
                <controlURL>/l3f</controlURL></service></serviceList><deviceList><device><deviceList><device>
                <serviceList><service><serviceType>urn:schemas-upnp-org:service:WANIPConnection:1</serviceType>
                <serviceId>urn:upnp-org:serviceId:WANIPConn1</serviceId><controlURL>%s</controlURL></service>
                </serviceList></device></deviceList></device></deviceList></device></root>""".formatted(control);
    }

    private void answerSearches() {
        byte[] buffer = new byte[2048];
        while (!ssdp.isClosed()) {
            var packet = new DatagramPacket(buffer, buffer.length);
            try {
                ssdp.receive(packet);
                String question = new String(buffer, 0, packet.getLength(), StandardCharsets.US_ASCII);
                if (question.startsWith("M-SEARCH * HTTP/1.1\r\n") && question.contains("MAN: \"ssdp:discover\"")) {
                    byte[] answer = ("HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=120\r\nST: urn:schemas-upnp-org:device:"
                            + "InternetGatewayDevice:1\r\nLocation: " + location + "\r\n\r\n").getBytes();
                    ssdp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                ssdp.close();
            }
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        fetched.add(path);
        byte[] question = exchange.getRequestBody().readAllBytes();
        Answer answer = path.equals("/control")
                ? control(exchange.getRequestHeaders().getFirst("SOAPAction"), new String(question)) : description;
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (answer.status() == 302) {
            exchange.getResponseHeaders().add("Location", answer.body());
        }
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        } catch (IOException e) {
            exchange.close();
        }
    }

    private Answer control(String header, String soap) {
        String action = header.replaceAll(".*#|\"", "");
        actions.add(action);
        Answer refused = refusal.apply(action + " " + value(soap, "NewExternalPort") + " "
                + value(soap, "NewLeaseDuration"));
        if (refused != null) {
            return refused;
        }
        String key = value(soap, "NewProtocol") + " " + value(soap, "NewExternalPort");
        switch (action) {
            case "AddPortMapping" -> mapped.put(key, value(soap, "NewInternalClient") + ":"
                    + value(soap, "NewInternalPort") + " " + value(soap, "NewLeaseDuration"));
            case "DeletePortMapping" -> mapped.remove(key);
            default -> {
                // only answers
            }
        }
        return new Answer(200, switch (action) {
            case "GetExternalIPAddress" -> said("NewExternalIPAddress", outer);
            case "GetStatusInfo" -> said("NewConnectionStatus", "Connected");
            default -> said("Nothing", "");
        });
    }

    static String said(String name, String value) {
        return "<?xml version=\"1.0\"?><s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><u:R "
                + "xmlns:u=\"urn:schemas-upnp-org:service:WANIPConnection:1\"><" + name + ">" + value + "</" + name
                + "></u:R></s:Body></s:Envelope>";
    }

    static Answer fault(int code) {
        return new Answer(500, said("errorCode", Integer.toString(code)));
    }

    private static String value(String soap, String name) {
        Matcher m = Pattern.compile("<" + name + ">([^<]*)</").matcher(soap);
        return m.find() ? m.group(1) : "";
    }

    @Override
    public void close() {
        ssdp.close();
        http.stop(0);
    }
}
