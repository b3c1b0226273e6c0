// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.preference.IPreferencePage;
import org.eclipse.jface.preference.PreferenceDialog;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CLabel;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.WorkbenchException;
import org.eclipse.ui.dialogs.PreferencesUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;

import io.peerwerk.gossip.MemberState;
import io.peerwerk.node.Node;
import io.peerwerk.node.NodeLimits;
import io.peerwerk.node.PeerInfo;
import io.peerwerk.storage.StoredItem;
import io.peerwerk.transport.Connection;
import io.peerwerk.ui.internal.PeerwerkView;
import io.peerwerk.ui.internal.connectivity.ConnectivityView;
import io.peerwerk.ui.internal.connectivity.Standing;
import io.peerwerk.ui.internal.contribution.ContributionView;
import io.peerwerk.ui.internal.network.NetworkView;
import io.peerwerk.ui.internal.node.NodePreferences;
import io.peerwerk.ui.internal.node.NodeState;
import io.peerwerk.ui.internal.preferences.AccessPreferencePage;
import io.peerwerk.ui.internal.preferences.PeerwerkPreferencePage;
import io.peerwerk.ui.internal.preferences.ReachingPreferencePage;
import io.peerwerk.ui.internal.preferences.TrafficPreferencePage;
import io.peerwerk.ui.internal.routing.PeerSearch;
import io.peerwerk.ui.internal.routing.RoutingModel;
import io.peerwerk.ui.internal.routing.RoutingView;
import io.peerwerk.ui.internal.storage.HealthReport.Grade;
import io.peerwerk.ui.internal.storage.StorageModel.Row;
import io.peerwerk.ui.internal.storage.StorageModel.Stored;
import io.peerwerk.ui.internal.storage.StorageView;
import io.peerwerk.ui.internal.storage.TransferJob;
import io.peerwerk.ui.internal.topics.TopicsModel;
import io.peerwerk.ui.internal.topics.TopicsModel.Bond;
import io.peerwerk.ui.internal.topics.TopicsView;

/**
 * The workbench as its user meets it: a real window, a real node in it and real peers around it. The steps build on each
 * other, as a day with it does.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WorkbenchTest extends WindowTest {
    private static final int PEERS = Integer.getInteger("peerwerk.peers", 5);

    private static final String[] OFFERS = {"10GB", "25GB", "5GB", "40GB", "2GB"};
    private static final int FILM = 48_000_000;
    private static final long OFFER = 200_000_000;

    private final List<PeerProcess> peers = new ArrayList<>();
    private final Map<String, byte[]> contents = new HashMap<>();
    private Path folder;

    @BeforeAll
    void open(@TempDir Path temporary) throws WorkbenchException, IOException {
        folder = temporary;
        openWindow();
        startNode(temporary.resolve("home")); // an empty one, whatever an earlier run left in the default one
        for (int i = 0; i < PEERS; i++) {
            peers.add(PeerProcess.start(temporary.resolve("peer" + i), "--bootstrap", address(), "--offer", OFFERS[i % OFFERS.length]));
        }
    }

    @AfterAll
    void close() {
        peers.forEach(PeerProcess::close);
        stopNode();
    }

    private NetworkView network() {
        return (NetworkView) page.findView(PeerwerkUi.NETWORK_VIEW);
    }

    private StorageView storage() {
        return (StorageView) page.findView(PeerwerkUi.STORAGE_VIEW);
    }

    private ContributionView contribution() {
        return (ContributionView) page.findView(PeerwerkUi.CONTRIBUTION_VIEW);
    }

    private Stored row(String name) {
        return storage().rows().stream().filter(Stored.class::isInstance).map(Stored.class::cast)
                .filter(row -> row.name().equals(name)).findFirst().orElse(null);
    }

    private Path file(String name, int size) throws IOException {
        byte[] content = new byte[size];
        new Random(name.hashCode()).nextBytes(content);
        contents.put(name, content);
        return Files.write(folder.resolve(name), content);
    }

    private void untilTransfersEnd() {
        Loop.until("transfers end", () -> Job.getJobManager().find(TransferJob.FAMILY).length == 0);
    }

    private void screenshot(String name) throws IOException {
        Loop.until("the picture stands still", () -> network().still());
        Loop.until("the ends of transfers are shown", () -> storage().rows().stream().allMatch(Stored.class::isInstance));
        Screenshot.of(window.getShell()).save(name);
    }

    @Test
    @Order(1)
    void thePerspectiveShowsItsThreeViewsAndHasTheOthersBehindThem() {
        for (String id : List.of(PeerwerkUi.NETWORK_VIEW, PeerwerkUi.STORAGE_VIEW, PeerwerkUi.CONTRIBUTION_VIEW)) {
            assertTrue(page.findView(id) instanceof PeerwerkView view && view.visible(), id);
        }
        for (String id : List.of(PeerwerkUi.ROUTING_VIEW, PeerwerkUi.TOPICS_VIEW, PeerwerkUi.GOSSIP_VIEW,
                PeerwerkUi.SIMULATION_VIEW, PeerwerkUi.CONNECTIVITY_VIEW)) {
            assertNotNull(page.findViewReference(id), id);
            assertTrue(Arrays.asList(page.getShowViewShortcuts()).contains(id), id);
        }
    }

    @Test
    @Order(2)
    void theNetworkViewShowsThePeersThatCome() {
        Loop.until("the peers run", () -> peers.stream().allMatch(PeerProcess::ready));
        Loop.until("the peers are shown", () -> network().peers().stream().filter(p -> p.state() == MemberState.ALIVE).count() == PEERS);
        for (PeerProcess peer : peers) {
            assertTrue(network().peers().stream().anyMatch(p -> p.id().toString().equals(peer.id())), peer.id());
        }
    }

    @Test
    @Order(3)
    void aFileAddedByTheViewsCommandIsListedWithItsHealth() throws Exception {
        screenshot("empty");
        execute(PeerwerkUi.ADD_FILE, PeerwerkUi.PATH, file("Holiday in Norway.mp4", FILM).toString());
        Loop.until("the file is listed", () -> row("Holiday in Norway.mp4") != null);
        Loop.until("its health is known", () -> row("Holiday in Norway.mp4").health().grade() == Grade.WHOLE);
        Stored row = row("Holiday in Norway.mp4");
        assertEquals(FILM, row.item().bytes());
        assertEquals(PEERS + 1, row.holders().size());
        assertEquals("30 of 30", row.health().brief());
    }

    @Test
    @Order(4)
    void aFolderIsStoredAsOneThingAndDroppedFilesEachOnTheirOwn() throws Exception {
        Path album = Files.createDirectories(folder.resolve("Family photos"));
        for (int i = 1; i <= 3; i++) {
            Files.write(album.resolve("photo-" + i + ".jpg"), new byte[700_000 * i]);
        }
        execute(PeerwerkUi.ADD_FOLDER, PeerwerkUi.PATH, album.toString());
        storage().store(List.of(file("Thesis.pdf", 3_200_000).toString(), file("Letter to grandma.odt", 31_000).toString()));
        Loop.until("all are listed", () -> storage().rows().size() == 4 && storage().rows().stream()
                .allMatch(r -> r instanceof Stored stored && stored.health().grade() == Grade.WHOLE));
        assertTrue(row("Family photos").item().folder());
        assertEquals(4_200_000, row("Family photos").item().bytes());
    }

    @Test
    @Order(5)
    void whatIsSelectedIsFetchedAgainUnchanged() throws Exception {
        StorageView view = view(PeerwerkUi.STORAGE_VIEW, StorageView.class);
        Row row = row("Holiday in Norway.mp4");
        view.getSite().getSelectionProvider().setSelection(new StructuredSelection(row));
        Path target = folder.resolve("fetched.mp4");
        execute(PeerwerkUi.FETCH, PeerwerkUi.TARGET, target.toString());
        untilTransfersEnd();
        assertArrayEquals(contents.get("Holiday in Norway.mp4"), Files.readAllBytes(target));
    }

    @Test
    @Order(6)
    void theCopiedLinkFetchesTheFile() throws Exception {
        StorageView view = view(PeerwerkUi.STORAGE_VIEW, StorageView.class);
        StoredItem item = row("Thesis.pdf").item();
        view.getSite().getSelectionProvider().setSelection(new StructuredSelection(row("Thesis.pdf")));
        execute(PeerwerkUi.COPY_LINK);
        String link = clipboard();
        assertEquals(item.link().toString(), link);
        Path target = folder.resolve("from-link.pdf");
        execute(PeerwerkUi.FETCH_LINK, PeerwerkUi.LINK, link, PeerwerkUi.TARGET, target.toString());
        untilTransfersEnd();
        assertArrayEquals(contents.get("Thesis.pdf"), Files.readAllBytes(target));
    }

    @Test
    @Order(7)
    void theContributionIsChangedAtOnce() throws Exception {
        execute(PeerwerkUi.OFFER, PeerwerkUi.SIZE, "200 MB");
        Loop.until("the new offer is shown", () -> contribution().given().map(g -> g.offered() == OFFER).orElse(false));
        assertEquals(OFFER, node().storage().status().offered());
        assertTrue(contribution().given().orElseThrow().used() > FILM / PEERS);
    }

    @Test
    @Order(8)
    void thePictureIsWorthLookingAt() throws IOException {
        view(PeerwerkUi.NETWORK_VIEW, NetworkView.class);
        storage().getSite().getSelectionProvider().setSelection(StructuredSelection.EMPTY);
        screenshot("workbench");
    }

    @Test
    @Order(9)
    void aPeerThatDiesIsSeenInThePictureAndInTheHealth() throws IOException {
        PeerProcess victim = peers.getFirst();
        victim.kill();
        Loop.until("its death is shown", () -> network().peers().stream()
                .anyMatch(p -> p.id().toString().equals(victim.id()) && p.state() == MemberState.DEAD));
        Loop.until("its shards are missed", () -> row("Thesis.pdf").health().grade() == Grade.GOOD);
        screenshot("peer-died");
    }

    @Test
    @Order(10)
    void aModuleThatGoesIsSaidAndItsReturnShowsEverythingAgain() throws BundleException, IOException {
        Bundle module = Arrays.stream(FrameworkUtil.getBundle(PeerwerkUi.class).getBundleContext().getBundles())
                .filter(b -> b.getSymbolicName().equals("io.peerwerk.storage")).findFirst().orElseThrow();
        module.stop();
        Loop.until("its absence is said", () -> storage().notice().map(n -> n.title().contains("storage")).orElse(false));
        Loop.until("the contribution says so too", () -> contribution().notice().isPresent());
        assertTrue(network().notice().isEmpty());
        screenshot("module-away");
        module.start();
        Loop.until("everything is listed again", () -> storage().notice().isEmpty() && storage().rows().size() == 4);
        assertEquals(OFFER, contribution().given().map(g -> g.offered()).orElse(OFFER));
    }

    @Test
    @Order(11)
    void aHomeInUseIsSaidAndTryingAgainHelps() throws IOException {
        Path home = node().settings().home();
        nodes().stop();
        Loop.until("the node stopped", () -> network().notice().isPresent());
        try (PeerProcess other = PeerProcess.start(home)) {
            Loop.until("another node has the home", other::ready);
            nodes().start();
            Loop.until("the reason is said", () -> nodes().state() instanceof NodeState.Failed
                    && network().notice().map(n -> n.text().contains(home.toString())).orElse(false));
            screenshot("home-in-use");
            other.kill();
            Loop.until("the home is free", () -> !other.alive());
        }
        nodes().start();
        Loop.until("the files are listed again", () -> storage().notice().isEmpty() && storage().rows().size() == 4);
    }

    @Test
    @Order(12)
    void thePreferencePageShowsTheSettingsAndLeavesTheNodeAloneWhereNothingChanged() throws IOException {
        Node before = node();
        PreferenceDialog dialog = PreferencesUtil.createPreferenceDialogOn(window.getShell(), PeerwerkUi.PREFERENCES, null, null);
        dialog.setBlockOnOpen(false);
        dialog.open();
        try {
            Loop.until("the page is there", () -> dialog.getSelectedPage() instanceof PeerwerkPreferencePage page
                    && page.getControl() != null && page.getControl().isVisible());
            Screenshot.of(dialog.getShell()).save("preferences");
            assertTrue(((PeerwerkPreferencePage) dialog.getSelectedPage()).performOk());
        } finally {
            dialog.close();
        }
        Loop.idle();
        assertSame(before, node());
    }

    private <P extends IPreferencePage> void onPage(String id, Class<P> type, String picture, Consumer<P> act) throws IOException {
        PreferenceDialog dialog = PreferencesUtil.createPreferenceDialogOn(window.getShell(), id, null, null);
        dialog.setBlockOnOpen(false);
        dialog.open();
        try {
            Loop.until("the page is there", () -> type.isInstance(dialog.getSelectedPage())
                    && dialog.getSelectedPage() instanceof IPreferencePage page && page.getControl() != null && page.getControl().isVisible());
            Control shown = dialog.getSelectedPage() instanceof IPreferencePage page ? page.getControl() : null;
            act.accept(type.cast(dialog.getSelectedPage()));
            if (shown != null && !shown.isDisposed()) {
                Screenshot.of(dialog.getShell()).save(picture);
            }
        } finally {
            dialog.close();
        }
    }

    /** As the user presses it; the dialog is gone then, unless it has something to say. */
    private static void ok(IPreferencePage page) {
        Shell dialog = page.getControl().getShell();
        dialog.getDefaultButton().notifyListeners(SWT.Selection, new Event());
        assertTrue(dialog.isDisposed());
    }

    private static List<Text> fields(IPreferencePage page) {
        return widgets(page.getControl(), Text.class);
    }

    @Test
    @Order(13)
    void limitsAreObeyedAtOnceAndWhatMakesNoSenseIsSaid() throws IOException {
        Node before = node();
        onPage(PeerwerkUi.LIMITS_PREFERENCES, TrafficPreferencePage.class, "preferences-limits", page -> {
            fields(page).get(0).setText("5 MB/s");
            fields(page).get(4).setText("200");
            ok(page);
        });
        assertSame(before, node());
        assertEquals(5_000_000, node().limits().rates().upload());
        assertEquals(200, node().limits().connections());
        assertEquals(200, node().status().network().load().maxConnections());
        onPage(PeerwerkUi.LIMITS_PREFERENCES, TrafficPreferencePage.class, "preferences-limits-refused", page -> {
            assertEquals("5 MB/s", fields(page).get(0).getText());
            fields(page).get(1).setText("fast");
            fields(page).get(1).notifyListeners(SWT.KeyUp, new Event());
            assertEquals("A rate is written like 2 MB/s, not \u201cfast\u201d", page.getErrorMessage());
            assertFalse(page.isValid());
            fields(page).get(0).notifyListeners(SWT.KeyUp, new Event());
            assertEquals("A rate is written like 2 MB/s, not \u201cfast\u201d", page.getErrorMessage());
            Loop.until("the user is told", () -> widgets(page.getControl().getShell(), Text.class).stream()
                    .anyMatch(text -> text.isVisible() && text.getText().equals(page.getErrorMessage())));
        });
        onPage(PeerwerkUi.LIMITS_PREFERENCES, TrafficPreferencePage.class, "preferences-limits-none", page -> {
            fields(page).forEach(field -> field.setText(""));
            assertTrue(page.performOk());
        });
        assertEquals(NodeLimits.NONE, node().limits());
    }

    @Test
    @Order(14)
    void aPeerThatIsBlockedIsCutOffAndUndoLetsItInAgain() throws Exception {
        Loop.until("all that live are connected", () -> network().peers().stream().filter(PeerInfo::connected).count() >= 2);
        PeerInfo victim = network().peers().stream().filter(PeerInfo::connected).findFirst().orElseThrow();
        view(PeerwerkUi.NETWORK_VIEW, NetworkView.class).getSite().getSelectionProvider().setSelection(new StructuredSelection(victim));
        execute(PeerwerkUi.BLOCK);
        assertEquals(List.of(victim.id().toString()), node().limits().deny());
        Loop.until("it is cut off", () -> network().peers().stream().noneMatch(p -> p.id().equals(victim.id()) && p.connected()));
        Loop.until("it is not counted", () -> widgets(window.getShell(), CLabel.class).stream()
                .anyMatch(label -> label.getText().equals((PEERS - 2) + " peers")));
        screenshot("peer-blocked");
        onPage(PeerwerkUi.ACCESS_PREFERENCES, AccessPreferencePage.class, "preferences-access", page -> { });
        execute("org.eclipse.ui.edit.undo");
        assertEquals(List.of(), node().limits().deny());
        Loop.until("it is back", () -> network().peers().stream().anyMatch(p -> p.id().equals(victim.id()) && p.connected()));
    }

    @Test
    @Order(15)
    void disconnectingClosesTheConnections() throws Exception {
        PeerInfo peer = network().peers().stream().filter(PeerInfo::connected).findFirst().orElseThrow();
        List<Connection> open = node().host().connections().stream().filter(c -> c.peer().equals(peer.id())).toList();
        view(PeerwerkUi.NETWORK_VIEW, NetworkView.class).getSite().getSelectionProvider().setSelection(new StructuredSelection(peer));
        execute(PeerwerkUi.DISCONNECT);
        assertTrue(open.stream().noneMatch(Connection::isOpen));
    }

    @Test
    @Order(16)
    void theConnectivityViewSaysHowTheNodeStands() throws IOException {
        ConnectivityView view = view(PeerwerkUi.CONNECTIVITY_VIEW, ConnectivityView.class);
        Loop.until("it is said", () -> view.standing().equals(Optional.of(Standing.LOCAL)));
        Loop.until("the connections are counted", () -> view.lines().stream().anyMatch(line -> line.endsWith("over TCP")));
        assertTrue(view.lines().stream().anyMatch(line -> line.startsWith("/ip4/127.0.0.1/tcp/")), view.lines().toString());
        screenshot("connectivity");
    }

    @Test
    @Order(17)
    void theRoutingViewShowsThePeersInTheirBucketsAndFindsOneByItsId() throws Exception {
        List<String> alive = peers.stream().filter(PeerProcess::alive).map(PeerProcess::id).toList();
        RoutingView view = view(PeerwerkUi.ROUTING_VIEW, RoutingView.class);
        Loop.until("all that live are in a table", () -> view.peers().stream().map(peer -> peer.peer().toString()).toList().containsAll(alive));
        assertEquals(view.peers().size(), view.buckets().stream().mapToInt(RoutingModel.Bucket::peers).sum());
        execute(PeerwerkUi.FIND_PEER, PeerwerkUi.PEER, "no id");
        Loop.until("it is said", () -> view.search() instanceof PeerSearch.Failed);
        execute(PeerwerkUi.FIND_PEER, PeerwerkUi.PEER, alive.getLast());
        Loop.until("it is found", () -> view.search() instanceof PeerSearch.Found);
        RoutingModel.Entry found = view.peers().getFirst();
        assertEquals(alive.getLast(), found.peer().toString());
        assertEquals(found, ((IStructuredSelection) view.getSite().getSelectionProvider().getSelection()).getFirstElement());
        execute(PeerwerkUi.COPY_PEER_ADDRESS);
        assertEquals(found.addresses().getFirst().withPeer(found.peer()).toString(), clipboard());
        execute(PeerwerkUi.COPY_PEER);
        assertEquals(alive.getLast(), clipboard());
        screenshotInFront("routing");
    }

    private TopicsView topics() {
        return (TopicsView) page.findView(PeerwerkUi.TOPICS_VIEW);
    }

    private Optional<TopicsModel.Topic> topic(String name) {
        return topics().topics().stream().filter(topic -> topic.name().equals(name)).findFirst();
    }

    private boolean heard(String text, PeerProcess author) {
        return topics().messages().stream().anyMatch(m -> m.text().equals(text) && m.peer().toString().equals(author.id()));
    }

    @Test
    @Order(18)
    void whatIsPublishedHereReachesAPeerAndWhatThePeerSaysIsHeardAndMadeHarmless() throws Exception {
        PeerProcess peer = peers.getLast();
        execute(PeerwerkUi.SUBSCRIBE, PeerwerkUi.TOPIC, "weather");
        Loop.until("the topic is shown", () -> topic("weather").map(t -> t.bond() == Bond.SUBSCRIBED).orElse(false));
        execute(PeerwerkUi.PUBLISH, PeerwerkUi.TOPIC, "weather", PeerwerkUi.TEXT, "Is anybody there?");
        Loop.until("it is said that nobody is", () -> topics().outcome().startsWith("Nobody that this node"));
        try (PeerProcess listener = peer.ask(new byte[0], "pubsub", "sub", "weather")) {
            Loop.until("the peer is in the mesh", () -> topic("weather").map(t -> t.mesh() == 1).orElse(false));
            assertEquals(List.of("weather"), topics().neighbours().stream().filter(n -> n.peer().toString().equals(peer.id()))
                    .findFirst().orElseThrow().meshes());
            execute(PeerwerkUi.PUBLISH, PeerwerkUi.TOPIC, "weather", PeerwerkUi.TEXT, "Rain at noon");
            Loop.until("the peer has heard it", () -> listener.output().contains("Rain at noon"));
            assertEquals("Sent to 1 peer of \u201cweather\u201d", topics().outcome());
            try (PeerProcess text = peer.ask(new byte[0], "pubsub", "pub", "weather", "Sun\u0007 at one");
                    PeerProcess bytes = peer.ask(new byte[] {(byte) 0xff, 0, 7}, "pubsub", "pub", "weather")) {
                Loop.until("what the peer says is heard",
                        () -> heard("Sun\ufffd at one", peer) && heard("No text: ff 00 07", peer));
            }
            Loop.until("it is counted", () -> topic("weather").map(t -> t.heard() == 4).orElse(false));
            screenshotInFront("topics");
        }
    }

    @Test
    @Order(19)
    void subscriptionsOutliveTheModuleAndEndWhenTheUserSaysSo() throws Exception {
        TopicsView view = view(PeerwerkUi.TOPICS_VIEW, TopicsView.class);
        Bundle module = Arrays.stream(FrameworkUtil.getBundle(PeerwerkUi.class).getBundleContext().getBundles())
                .filter(b -> b.getSymbolicName().equals("io.peerwerk.pubsub")).findFirst().orElseThrow();
        module.stop();
        Loop.until("its absence is said", () -> view.notice().map(n -> n.title().contains("pubsub")).orElse(false));
        module.start();
        Loop.until("the topic is back", () -> view.notice().isEmpty() && topic("weather").map(t -> t.bond() == Bond.SUBSCRIBED).orElse(false));
        view.getSite().getSelectionProvider().setSelection(new StructuredSelection(topic("weather").orElseThrow()));
        execute(PeerwerkUi.UNSUBSCRIBE);
        Loop.until("it is gone", () -> topic("weather").isEmpty());
        assertEquals(4, view.messages().size());
        view(PeerwerkUi.NETWORK_VIEW, NetworkView.class);
    }

    @Test
    @Order(20)
    void theSettingsOfReachabilityRestartTheNodeWithThem() throws IOException {
        assertTrue(node().settings().reaching().relay());
        onPage(PeerwerkUi.REACHING_PREFERENCES, ReachingPreferencePage.class, "preferences-reaching",
                page -> assertEquals(3, widgets(page.getControl(), Button.class).stream()
                        .filter(box -> (box.getStyle() & SWT.CHECK) != 0 && box.getSelection()).count()));
        InstanceScope.INSTANCE.getNode(PeerwerkUi.BUNDLE).putBoolean(NodePreferences.RELAY, false);
        nodes().restart();
        Loop.until("the node runs with them", () -> nodes().node().map(n -> !n.settings().reaching().relay()).orElse(false));
        InstanceScope.INSTANCE.getNode(PeerwerkUi.BUNDLE).remove(NodePreferences.RELAY);
    }

    @Test
    @Order(21)
    void limitsOfANodeThatDoesNotRunCannotBeChanged() throws IOException {
        nodes().stop();
        Loop.until("the node stopped", () -> nodes().state() instanceof NodeState.Stopped);
        onPage(PeerwerkUi.LIMITS_PREFERENCES, TrafficPreferencePage.class, "preferences-limits-stopped", page -> {
            assertTrue(fields(page).stream().noneMatch(Text::isEnabled));
            assertEquals("The node is off: start it to change this.", page.getMessage());
            assertTrue(page.performOk());
        });
    }

    @Test
    @Order(22)
    void aPageThatShowedNoLimitsLeavesThoseOfTheNodeThatStartsMeanwhileAlone() throws IOException {
        nodes().start();
        Loop.until("the node runs", () -> nodes().node().isPresent());
        NodeLimits.Change slow = new NodeLimits.Change(1_000_000L, null, null, null, null, null, null, null);
        NodeLimits limits = node().change(slow);
        nodes().stop();
        Loop.until("the node stopped", () -> nodes().state() instanceof NodeState.Stopped);
        onPage(PeerwerkUi.LIMITS_PREFERENCES, TrafficPreferencePage.class, "preferences-limits-meanwhile", page -> {
            nodes().start();
            Loop.until("the node runs", () -> nodes().node().isPresent());
            assertTrue(page.performOk());
        });
        assertEquals(limits, node().limits());
        node().change(NodeLimits.Change.to(NodeLimits.NONE));
    }
}
