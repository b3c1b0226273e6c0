// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;

import io.peerwerk.simulator.Distribution;
import io.peerwerk.simulator.GroupSimulation;
import io.peerwerk.simulator.RepairedGroups;
import io.peerwerk.storage.DurabilityModel;
import io.peerwerk.storage.NetworkConditions;
import io.peerwerk.storage.PutOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model's chain beside holders that live and die on a virtual clock. Seeds are fixed; bounds are five deviations. */
class DurabilityAgreementTest {

    private static final int GROUPS = 8_000;
    private static final long SEED = 20261201;
    private static final Duration YEAR = Duration.ofDays(365);

    private static GroupSimulation.Result simulated(PutOptions shards, NetworkConditions network) {
        var groups = new RepairedGroups(shards.dataShards(), shards.threshold(), shards.totalShards(),
                Math.min(shards.totalShards(), network.peers()),
                new Distribution.Exponential(network.lifetime().toSeconds()),
                new Distribution.Erlang(network.repairTime().toSeconds(), DurabilityModel.REPAIR_STAGES));
        return new GroupSimulation(groups, GROUPS, SEED).run(YEAR.toSeconds(), () -> false);
    }

    @ParameterizedTest(name = "{0} of {1}, repaired below {2}, on {3} peers, lifetime {4} h, repair {5} h")
    @CsvSource({"10,30,20,1000,240,48", "10,30,20,1000,480,72", "4,8,6,1000,720,24", "2,4,3,1000,2000,24",
        "2,4,4,1000,1000,12", "3,6,3,1000,4000,24", "16,64,40,1000,96,48", "29,80,54,1000,300,96", "1,3,3,1000,300,10",
        "10,30,20,8,500,72", "10,30,20,20,300,72", "10,30,27,4,1000,48", "5,9,7,2,3000,24"})
    void theModelLosesWhatTheSimulatorLoses(int k, int n, int threshold, int peers, int lifetimeHours, int repairHours) {
        PutOptions shards = new PutOptions(k, n, threshold);
        NetworkConditions network = new NetworkConditions(peers, Duration.ofHours(lifetimeHours),
                Duration.ofHours(repairHours));
        GroupSimulation.Result seen = simulated(shards, network);
        double model = new DurabilityModel(shards, network).lossWithin(YEAR);
        double deviation = Math.sqrt(model * (1 - model) / GROUPS);
        assertTrue(seen.lost() > 10 && seen.lost() < GROUPS, () -> "not measurable: " + seen + ", seed " + SEED);
        assertEquals(model, seen.loss(), 5 * deviation + 1e-4, () -> seen + ", seed " + SEED);
    }
}
