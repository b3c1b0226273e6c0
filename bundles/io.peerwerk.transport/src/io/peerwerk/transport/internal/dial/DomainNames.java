// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.dial;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;

import javax.naming.CommunicationException;
import javax.naming.CompositeName;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.OperationNotSupportedException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

import org.jspecify.annotations.Nullable;

/**
 * The domain name system, through what the JDK has for it: the machine's own resolver (with its hosts file) for
 * addresses, the DNS provider of JNDI for TXT records.
 */
public final class DomainNames implements Names {

    /** Records of one name that are looked at. */
    static final int MAX_RECORDS = 64;

    private static final int FIRST_WAIT_MILLIS = 1000;
    private static final int TRIES = 3;

    private final @Nullable String server;

    /** The name servers of this machine. */
    public DomainNames() {
        this(null);
    }

    /**
     * One name server alone, for addresses too.
     *
     * @param server such as {@code dns://192.0.2.53:53}; null for those of this machine
     */
    DomainNames(@Nullable String server) {
        this.server = server;
    }

    @Override
    public List<InetAddress> addresses(String host) throws IOException {
        if (server == null) {
            try {
                return List.of(InetAddress.getAllByName(host));
            } catch (UnknownHostException e) {
                return List.of();
            }
        }
        var all = new ArrayList<InetAddress>();
        for (String type : List.of("A", "AAAA")) {
            for (String literal : records(host, type)) {
                all.add(InetAddress.getByName(literal));
            }
        }
        return all;
    }

    @Override
    public List<String> texts(String name) throws IOException {
        return records(name, "TXT").stream().map(DomainNames::unquoted).toList();
    }

    private List<String> records(String name, String type) throws IOException {
        var settings = new Hashtable<String, String>();
        settings.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        settings.put("java.naming.provider.url", server == null ? "dns:" : server);
        settings.put("com.sun.jndi.dns.timeout.initial", Integer.toString(FIRST_WAIT_MILLIS));
        settings.put("com.sun.jndi.dns.timeout.retries", Integer.toString(TRIES));
        try {
            var context = new InitialDirContext(settings);
            try {
                Attribute found = context.getAttributes(new CompositeName().add(name), new String[] {type}).get(type);
                return found == null ? List.of() : strings(found);
            } finally {
                context.close();
            }
        } catch (NameNotFoundException | OperationNotSupportedException e) {
            return List.of();
        } catch (CommunicationException e) {
            throw new IOException("no name server answers", e);
        } catch (NamingException e) {
            throw new IOException("the name server's answer cannot be used: " + e.getMessage(), e);
        }
    }

    private static List<String> strings(Attribute found) throws NamingException {
        var strings = new ArrayList<String>();
        NamingEnumeration<?> values = found.getAll();
        while (values.hasMore() && strings.size() < MAX_RECORDS) {
            strings.add(String.valueOf(values.next()));
        }
        return strings;
    }

    /** JNDI puts strings with a space in them between quotes and several of one record one after the other. */
    private static String unquoted(String text) {
        if (!text.startsWith("\"")) {
            return text;
        }
        var plain = new StringBuilder();
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && inside && i + 1 < text.length()) {
                plain.append(text.charAt(++i));
            } else if (c == '"') {
                inside = !inside;
            } else if (inside) {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
