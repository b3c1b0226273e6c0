// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class RegistrationTest {

    private final AtomicInteger removals = new AtomicInteger();

    @Test
    void closingRemovesOnceHoweverOftenItIsCalled() {
        Registration registration = Registration.of(removals::incrementAndGet);
        assertEquals(0, removals.get());
        registration.close();
        registration.close();
        assertEquals(1, removals.get());
    }

    @Test
    void aRemovalThatFailsIsNotTriedAgain() {
        Registration registration = Registration.of(() -> {
            removals.incrementAndGet();
            throw new IllegalStateException("on purpose");
        });
        assertThrows(IllegalStateException.class, registration::close);
        registration.close();
        assertEquals(1, removals.get());
    }
}
