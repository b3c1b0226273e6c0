// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.ByteBuffer;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerwerk.core.wire.FormatException;

class MappingFuzzTest {

    private static final URI LOCATION = URI.create("http://192.168.1.1:5000/root.xml");

    @FuzzTest(maxDuration = "5m")
    void aNatPmpAnswerIsReadOrRefused(byte[] input) {
        try {
            NatPmp.Answer answer = NatPmp.parse(ByteBuffer.wrap(input));
            if (answer instanceof NatPmp.Answer.Mapped mapped) {
                assertTrue(mapped.lifetime() >= 0 && mapped.external() >= 0 && mapped.external() <= 0xffff);
            }
        } catch (FormatException refused) {
            assertTrue(refused.getMessage().length() < 200);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void aPcpAnswerIsReadOrRefused(byte[] input) {
        try {
            Pcp.Answer answer = Pcp.parse(ByteBuffer.wrap(input));
            assertTrue(answer.lifetime() >= 0 && answer.epoch() >= 0 && answer.external() <= 0xffff);
            assertEquals(Pcp.NONCE, answer.nonce().length);
        } catch (FormatException refused) {
            assertTrue(refused.getMessage().length() < 200);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void anSsdpAnswerNamesAnIpAddressOrIsRefused(byte[] input) {
        try {
            URI location = Ssdp.location(input);
            assertEquals("http", location.getScheme().toLowerCase(java.util.Locale.ROOT));
            assertTrue(location.getHost().matches("[0-9.]+"));
        } catch (FormatException refused) {
            assertTrue(refused.getMessage().length() < 200);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void aDescriptionNamesServicesAtItsOwnAddressOrIsRefused(byte[] input) {
        try {
            DeviceDescription description = DeviceDescription.parse(input, LOCATION);
            description.services().forEach(service -> assertEquals("192.168.1.1", service.control().getHost()));
            assertTrue(description.services().size() <= 8);
        } catch (FormatException refused) {
            assertTrue(refused.getMessage().length() < 200);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void aSoapAnswerHasBoundedValuesOrIsRefused(byte[] input) {
        try {
            var values = Soap.answer(input);
            assertTrue(values.size() <= 64);
            values.values().forEach(value -> assertTrue(value.length() <= 1024));
        } catch (FormatException refused) {
            assertTrue(refused.getMessage().length() < 200);
        }
    }
}
