// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import io.peerwerk.core.wire.FormatException;

/** Requests of a gateway's service and their answers (UPnP Device Architecture, 3). */
final class Soap {

    private static final int MAX_VALUES = 64;

    private Soap() {
    }

    /** @param values the arguments in the order that the service wants them */
    static byte[] request(String service, String action, Map<String, String> values) {
        var out = new StringBuilder("<?xml version=\"1.0\"?>\r\n<s:Envelope xmlns:s=\"")
                .append("http://schemas.xmlsoap.org/soap/envelope/\" s:encodingStyle=\"")
                .append("http://schemas.xmlsoap.org/soap/encoding/\"><s:Body><u:").append(action).append(" xmlns:u=\"")
                .append(service).append("\">");
        values.forEach((name, value) -> out.append('<').append(name).append('>').append(escaped(value)).append("</")
                .append(name).append('>'));
        return out.append("</u:").append(action).append("></s:Body></s:Envelope>\r\n").toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The values of an answer by name, of a fault {@code errorCode} and {@code errorDescription}. */
    static Map<String, String> answer(byte[] xml) throws FormatException {
        var values = new HashMap<String, String>();
        HostileXml.read(xml, (name, text) -> {
            if (values.size() < MAX_VALUES && !text.isEmpty()) {
                values.put(name, text);
            }
        });
        return Map.copyOf(values);
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
