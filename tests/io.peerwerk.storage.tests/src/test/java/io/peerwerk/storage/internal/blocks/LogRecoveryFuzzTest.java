// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import java.io.IOException;

import com.code_intelligence.jazzer.junit.FuzzTest;

class LogRecoveryFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aLogOfAnyBytesIsOpened(byte[] input) throws IOException {
        LogRecoveryTest.survive(input, false);
        LogRecoveryTest.survive(input, true);
    }
}
