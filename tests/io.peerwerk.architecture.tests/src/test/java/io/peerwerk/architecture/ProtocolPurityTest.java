// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.util.regex.Pattern;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Protocols are state machines: no socket, file, thread or wall clock inside the innermost ring. */
class ProtocolPurityTest {

    /** The packages that hold protocols; the same classes run over Netty, under a virtual clock and in a simulator. */
    private static final String[] PROTOCOLS = {
        "io.peerwerk.discovery.internal.dns..",
        "io.peerwerk.discovery.internal.mdns..",
        "io.peerwerk.discovery.internal.rendezvous..",
        "io.peerwerk.gossip.internal.aggregation..",
        "io.peerwerk.gossip.internal.cycle..",
        "io.peerwerk.gossip.internal.cyclon..",
        "io.peerwerk.gossip.internal.newscast..",
        "io.peerwerk.gossip.internal.sampling..",
        "io.peerwerk.gossip.internal.slicing..",
        "io.peerwerk.gossip.internal.swim..",
        "io.peerwerk.gossip.internal.tman..",
        "io.peerwerk.routing.internal.kad..",
        "io.peerwerk.routing.internal.record..",
        "io.peerwerk.routing.internal.wire..",
        "io.peerwerk.pubsub.internal.gossipsub..",
        "io.peerwerk.pubsub.internal.wire..",
        "io.peerwerk.storage.internal.bitswap",
        "io.peerwerk.storage.internal.car..",
        "io.peerwerk.storage.internal.durability..",
        "io.peerwerk.storage.internal.ipld..",
        "io.peerwerk.storage.internal.placement..",
        "io.peerwerk.storage.internal.unixfs..",
        "io.peerwerk.transport.internal.limits..",
    };

    /** Protocols that share a package with the Netty handler around them, or with what looks at the machine for them. */
    private static final Pattern BESIDE_THEIR_HANDLER = Pattern.compile("io\\.peerwerk\\.(?:storage\\.internal\\.(?:"
            + "erasure\\.(?:ErasureCode|GaloisField|Lanes|Matrix|Product|Shard|TableProduct|VectorProduct)"
            + "|drive\\.(?:Drive(?:State|Edit|View|Entry)|Seen|Dot|Snapshot|EntryCodec))|nat\\.internal\\.(?:"
            + "autonat\\.(?:ReachabilityModel|Votes|DialLimits|V1Message|V2Message|DialBack)|mapping\\.Epoch"
            + "|reach\\.RelayChooser|relay\\.(?:RelayTable|Throttle|Keeping)|dcutr\\.(?:Inviter|Invited|PunchMessage))|transport\\.(?:"
            + "internal\\.multistream\\.(?:Proposer|Responder|Line)"
            + "|internal\\.(?:Settling|OwnRecord|IdentifyMessage|AddressBook)"
            + "|internal\\.dial\\.(?:AddressGate|DialBackoff|DialRanking|DialSlots)"
            + "|websocket\\.internal\\.FrameBudget"
            + "|tcp\\.internal\\.noise\\.(?:XxHandshake|PeerHandshake|SymmetricState|CipherState)"
            + "|tcp\\.internal\\.yamux\\.(?:YamuxSession|StreamState|Turns|Pinger|Patience))).*");

    private static final DescribedPredicate<JavaClass> A_PROTOCOL = DescribedPredicate
            .describe("are protocols", type -> BESIDE_THEIR_HANDLER.matcher(type.getName()).matches());

    private static JavaClasses ours;

    @BeforeAll
    static void readTheClasses() {
        ours = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.peerwerk");
    }

    @Test
    void protocolsTouchNoSocketFileOrFramework() {
        noClasses().that().resideInAnyPackage(PROTOCOLS).or(A_PROTOCOL).should().dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.channels..", "java.nio.file..", "io.netty..", "org.osgi..", "org.slf4j..")
                .check(ours);
    }

    @Test
    void protocolsStartNoThreadAndReadNoClock() {
        noClasses().that().resideInAnyPackage(PROTOCOLS).or(A_PROTOCOL).should().accessClassesThat().belongToAnyOf(Thread.class)
                .orShould().callMethod(System.class, "currentTimeMillis")
                .orShould().callMethod(System.class, "nanoTime")
                .orShould().callMethod(java.time.Instant.class, "now")
                .orShould().callMethod(Math.class, "random")
                .check(ours);
    }

    @Test
    void theApplicationInterfaceShowsNoNettyType() {
        // What the benchmarks compare with is Netty by itself, and what they count is its memory.
        noClasses().that().resideInAnyPackage("io.peerwerk.transport", "io.peerwerk.gossip..", "io.peerwerk.pubsub..",
                "io.peerwerk.routing..", "io.peerwerk.storage..", "io.peerwerk.node..")
                .and().haveNameNotMatching(".*\\.bench\\.(transport\\.NettyTls|churn\\.Usage).*").should().dependOnClassesThat().resideInAnyPackage("io.netty..").check(ours);
    }

    @Test
    void bundlesFormNoCycle() {
        SlicesRuleDefinition.slices().matching("io.peerwerk.(*)..").should().beFreeOfCycles().check(ours);
    }
}
