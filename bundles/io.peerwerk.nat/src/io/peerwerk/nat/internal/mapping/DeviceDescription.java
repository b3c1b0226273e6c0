// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.peerwerk.core.wire.FormatException;

/**
 * What a gateway says it can do: the services of its description that map ports, the best first.
 *
 * @param services at least one
 */
record DeviceDescription(List<Service> services) {

    /** Services that map ports (UPnP Forum, WANIPConnection and WANPPPConnection), the best first. */
    private static final List<String> TYPES = List.of("urn:schemas-upnp-org:service:WANIPConnection:2",
            "urn:schemas-upnp-org:service:WANIPConnection:1", "urn:schemas-upnp-org:service:WANPPPConnection:1");

    private static final int MAX_SERVICES = 8;

    /**
     * One service.
     *
     * @param control where it takes requests, at the address of the description
     */
    record Service(String type, URI control) {
    }

    /** @param location where the description came from */
    static DeviceDescription parse(byte[] xml, URI location) throws FormatException {
        var found = new ArrayList<Service>();
        HostileXml.read(xml, new HostileXml.Visitor() {

            private String type = "";
            private String control = "";

            @Override
            public void begin(String name) {
                if (name.equals("service")) {
                    type = "";
                    control = "";
                }
            }

            @Override
            public void end(String name, String text) throws FormatException {
                switch (name) {
                    case "serviceType" -> type = text;
                    case "controlURL" -> control = text;
                    case "service" -> {
                        if (TYPES.contains(type) && !control.isEmpty() && found.size() < MAX_SERVICES) {
                            found.add(new Service(type, LanUrl.resolve(location, control)));
                        }
                    }
                    default -> {
                        // of no interest
                    }
                }
            }
        });
        if (found.isEmpty()) {
            throw new FormatException("a device that maps no ports");
        }
        found.sort(Comparator.comparing(service -> TYPES.indexOf(service.type())));
        return new DeviceDescription(List.copyOf(found));
    }
}
