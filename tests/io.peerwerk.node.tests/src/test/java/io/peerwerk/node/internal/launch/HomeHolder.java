// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import java.io.IOException;
import java.nio.file.Path;

/** A process that holds a home until its standard input ends. */
public final class HomeHolder {
    private HomeHolder() {
    }

    /** @param arguments the home */
    public static void main(String[] arguments) throws IOException {
        try (Home home = Home.open(Path.of(arguments[0]))) {
            System.out.println("held");
            while (System.in.read() >= 0) {
                continue;
            }
            System.out.println("freed " + home.directory());
        }
    }
}
