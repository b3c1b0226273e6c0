// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.nat.internal.IpScope;

/**
 * URLs that a device on the local network names: plain HTTP at an IPv4 address written in full. What they point to is
 * fetched, so a stranger who answers a search must not be able to send this peer anywhere else.
 */
final class LanUrl {

    private static final int MAX_LENGTH = 512;
    private static final Pattern IP4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

    private LanUrl() {
    }

    /** An absolute URL of this kind. */
    static URI parse(String text) throws FormatException {
        return checked(uri(text));
    }

    /** A URL of a document at a base, which may be relative to it and has to be at the same IP address. */
    static URI resolve(URI base, String text) throws FormatException {
        URI url = checked(base.resolve(uri(text)));
        if (!ip(url).equals(ip(base))) {
            throw new FormatException("a device names a URL of another machine");
        }
        return url;
    }

    /** Whether a URL is at an address: that of the machine which has named it, which has to be a private one. */
    static boolean isAt(URI url, InetAddress sender, boolean anyScope) throws FormatException {
        return ip(url).equals(sender) && (anyScope || !IpScope.isPublic(sender) && !sender.isLoopbackAddress());
    }

    private static URI uri(String text) throws FormatException {
        if (text.length() > MAX_LENGTH) {
            throw new FormatException("a URL of " + text.length() + " characters");
        }
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new FormatException("a malformed URL", e);
        }
    }

    private static URI checked(URI url) throws FormatException {
        boolean plain = "http".equalsIgnoreCase(url.getScheme()) && url.getHost() != null && url.getUserInfo() == null
                && IP4.matcher(url.getHost()).matches() && url.getPort() != 0 && url.getPort() <= 0xffff;
        if (!plain) {
            throw new FormatException("a URL that is not plain HTTP at an IPv4 address");
        }
        return url;
    }

    private static InetAddress ip(URI url) throws FormatException {
        try {
            return InetAddress.getByName(url.getHost());
        } catch (UnknownHostException e) {
            throw new FormatException("a URL without an IP address", e);
        }
    }
}
