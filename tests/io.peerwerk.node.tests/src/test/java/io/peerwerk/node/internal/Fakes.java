// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.node.internal.launch.KeptLimits;
import org.jspecify.annotations.Nullable;

/** Stand-ins for modules: only what a test says is answered, everything else fails loudly. */
public final class Fakes {
    private Fakes() {
    }

    /**
     * An object of an interface whose methods are those of {@code answers} with the same name and number of parameters;
     * a call of any other method is an error of the test.
     */
    public static <T> T of(Class<T> type, Object answers) {
        InvocationHandler handler = (self, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return switch (method.getName()) {
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    default -> "fake " + type.getSimpleName();
                };
            }
            return answer(answers, method, arguments);
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object answer(Object answers, Method method, Object[] arguments) throws Throwable {
        Method answer = Arrays.stream(answers.getClass().getMethods())
                .filter(m -> m.getName().equals(method.getName())
                        && m.getParameterCount() == method.getParameterCount() && takes(m, method))
                .findAny().orElseThrow(() -> new AssertionError("unexpected call: " + method));
        answer.setAccessible(true);
        try {
            return answer.invoke(answers, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Of several methods of one name and length that one which is as specific as the one that was called. */
    private static boolean takes(Method answer, Method called) {
        for (int i = 0; i < called.getParameterCount(); i++) {
            if (!answer.getParameterTypes()[i].isAssignableFrom(called.getParameterTypes()[i])) {
                return false;
            }
        }
        return true;
    }

    public static PeerId peer() {
        try (Identity identity = Identity.generate(new SecureRandom())) {
            return identity.id();
        }
    }

    public static Member member(PeerId id, MemberState state, String... addresses) {
        return new Member(id, Arrays.stream(addresses).map(Multiaddr::of).toList(), state, 1, Instant.EPOCH,
                Duration.ofMillis(2), 5_000_000_000L);
    }

    /** Limits kept in this home, for modules that are not there. */
    public static KeptLimits limits(Path home) {
        try {
            return new KeptLimits(home.resolve("limits.json"), limits -> { });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<Multiaddr> addresses(String... texts) {
        return Arrays.stream(texts).map(Multiaddr::of).toList();
    }
}
