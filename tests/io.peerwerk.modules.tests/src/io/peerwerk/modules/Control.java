// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.modules;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/**
 * Asks a node over its control socket, knowing none of its classes: the bundles that have them are stopped and replaced
 * while this goes on.
 */
final class Control {
    private final Path home;

    Control(Path home) {
        this.home = home;
    }

    /** One request on a connection of its own. */
    JsonElement ask(String method, JsonObject parameters) throws IOException {
        var request = new JsonObject();
        request.addProperty("jsonrpc", "2.0");
        request.addProperty("id", "1");
        request.addProperty("method", method);
        request.add("params", parameters);
        byte[] body = request.toString().getBytes(StandardCharsets.UTF_8);
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(home.resolve("control.sock")));
            OutputStream out = Channels.newOutputStream(channel);
            out.write(("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            return answer(Channels.newInputStream(channel));
        }
    }

    JsonElement ask(String method) throws IOException {
        return ask(method, new JsonObject());
    }

    private static JsonElement answer(InputStream in) throws IOException {
        while (true) {
            JsonObject message = message(in);
            if (message.has("error")) {
                throw new IOException(message.getAsJsonObject("error").get("message").getAsString());
            }
            if (message.has("result")) {
                return message.get("result");
            }
        }
    }

    private static JsonObject message(InputStream in) throws IOException {
        var header = new StringBuilder();
        while (!header.toString().endsWith("\r\n\r\n")) {
            int character = in.read();
            if (character < 0) {
                throw new IOException("the node closed the connection");
            }
            header.append((char) character);
        }
        int length = Integer.parseInt(header.toString().replaceAll("\\D", ""));
        return JsonParser.parseString(new String(in.readNBytes(length), StandardCharsets.UTF_8)).getAsJsonObject();
    }

    /** How many other peers it sees alive. */
    int alive() throws IOException {
        return ask("status").getAsJsonObject().getAsJsonObject("members").get("alive").getAsInt();
    }

    /** Where it listens, in brackets. */
    String addresses() throws IOException {
        return ask("status").getAsJsonObject().get("addresses").toString();
    }

    /** Names of the modules that are there, in brackets. */
    String modules() throws IOException {
        return ask("status").getAsJsonObject().get("modules").toString();
    }

    /** Stores a file; gives its link. */
    String put(Path source, String shards) throws IOException {
        var parameters = new JsonObject();
        parameters.addProperty("path", source.toString());
        parameters.addProperty("shards", shards);
        return ask("put", parameters).getAsJsonObject().get("uri").getAsString();
    }

    /** Fetches a link; gives the SHA-256. */
    String get(String uri, Path target) throws IOException {
        var parameters = new JsonObject();
        parameters.addProperty("uri", uri);
        parameters.addProperty("target", target.toString());
        return ask("get", parameters).getAsJsonObject().get("sha256").getAsString();
    }
}
