// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import io.peerwerk.core.wire.FormatException;

/**
 * The search for gateways and its answers: HTTP headers in UDP datagrams (UPnP Device Architecture, 1.3).
 *
 * <pre>
 *   M-SEARCH * HTTP/1.1              HTTP/1.1 200 OK
 *   HOST: 239.255.255.250:1900       LOCATION: http://192.168.1.1:5000/rootDesc.xml
 *   MAN: "ssdp:discover"             ST: urn:schemas-upnp-org:device:InternetGatewayDevice:1
 *   MX: 2                            …
 *   ST: urn:…:InternetGatewayDevice:1
 * </pre>
 */
final class Ssdp {

    /** Bytes of an answer at most. */
    static final int MAX_LENGTH = 2048;

    private static final String DEVICE = "urn:schemas-upnp-org:device:InternetGatewayDevice:1";
    private static final int MAX_LINES = 64;

    private Ssdp() {
    }

    /** The search; devices of version 2 answer it too. */
    static byte[] search(int seconds) {
        return ("M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: " + seconds
                + "\r\nST: " + DEVICE + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Where the device that answers describes itself, as it says; to be checked by {@link LanUrl}. */
    static URI location(byte[] answer) throws FormatException {
        if (answer.length > MAX_LENGTH) {
            throw new FormatException("an SSDP answer of " + answer.length + " bytes");
        }
        String[] lines = new String(answer, StandardCharsets.ISO_8859_1).split("\r?\n", MAX_LINES + 1);
        if (lines.length > MAX_LINES || !lines[0].startsWith("HTTP/1.") || !lines[0].contains(" 200")) {
            throw new FormatException("no SSDP answer");
        }
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).trim().toLowerCase(Locale.ROOT).equals("location")) {
                return LanUrl.parse(line.substring(colon + 1).trim());
            }
        }
        throw new FormatException("an SSDP answer without a location");
    }
}
