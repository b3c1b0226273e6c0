// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.ui.progress.IProgressConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.peerwerk.storage.Fetched;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.TransferCancelledException;
import io.peerwerk.ui.internal.fakes.FakeNode;
import io.peerwerk.ui.internal.fakes.FakeSource;
import io.peerwerk.ui.internal.fakes.FakeStorage;
import io.peerwerk.ui.internal.node.NodeState;

class TransferJobTest {
    private final FakeNode node = new FakeNode(Path.of("home"));
    private final FakeSource source = FakeSource.running(node);
    private final Transfers transfers = new Transfers();
    private final List<Transfer.Outcome> outcomes = new ArrayList<>();

    private Job job(Transfer transfer, int number) {
        Job job = new TransferJob(transfer, source, transfers, number);
        // The test reads the result; a person would be told by a dialog.
        job.setProperty(IProgressConstants.NO_IMMEDIATE_ERROR_PROMPT_PROPERTY, Boolean.TRUE);
        return job;
    }

    private IStatus run(Transfer transfer) throws InterruptedException {
        transfers.listen(new Transfers.Listener() {
            @Override
            public void changed() {
                // Only the end counts here.
            }

            @Override
            public void succeeded(Transfer which, Transfer.Outcome outcome) {
                outcomes.add(outcome);
            }
        });
        Job job = job(transfer, 0);
        job.schedule();
        job.join();
        return job.getResult();
    }

    private static Transfer put(String name) {
        return new Transfer.Put(Path.of(name));
    }

    @Test
    void aPersonStartedIt() {
        Job job = job(put("a.txt"), 0);
        assertTrue(job.isUser());
        assertFalse(job.isSystem());
        assertTrue(job.belongsTo(TransferJob.FAMILY));
        assertEquals("Storing a.txt", job.getName());
    }

    @Test
    void itsEndIsToldAndItLeavesTheList() throws InterruptedException {
        assertTrue(run(put("a.txt")).isOK());
        assertEquals("a.txt", ((Transfer.Outcome.Stored) outcomes.getFirst()).item().name());
        assertEquals(List.of(), transfers.running());
    }

    @Test
    void whatWentWrongIsOneSentence() throws InterruptedException {
        node.storage.transferring = progress -> {
            throw new IOException("no peer has room left");
        };
        IStatus status = run(put("a.txt"));
        assertEquals(IStatus.ERROR, status.getSeverity());
        assertEquals("No peer has room left", status.getMessage());
        assertEquals(List.of(), transfers.running());
    }

    @Test
    void theFileSystemsBarePathsBecomeSentences() {
        assertEquals("/x/y is not there", TransferJob.sentence(new NoSuchFileException("/x/y")));
        assertEquals("/x/y is already there", TransferJob.sentence(new FileAlreadyExistsException("/x/y")));
        assertEquals("IOException", TransferJob.sentence(new IOException()));
    }

    @Test
    void aNodeThatIsOffIsSaid() throws InterruptedException {
        source.become(new NodeState.Stopped());
        assertEquals("The node is not running", run(put("a.txt")).getMessage());
    }

    @Test
    void cancellingEndsATransferThatAsks() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        node.storage.transferring = progress -> {
            begun.countDown();
            while (!progress.cancelled()) {
                Thread.onSpinWait();
            }
            throw new TransferCancelledException("cancelled");
        };
        assertEquals(IStatus.CANCEL, cancelled(begun));
    }

    @Test
    void cancellingEndsATransferThatBlocks() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        node.storage.transferring = progress -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new TransferCancelledException("interrupted");
            }
        };
        assertEquals(IStatus.CANCEL, cancelled(begun));
    }

    private int cancelled(CountDownLatch begun) throws InterruptedException {
        Job job = job(put("a.txt"), 0);
        job.schedule();
        assertTrue(begun.await(1, TimeUnit.MINUTES));
        job.cancel();
        job.join();
        assertEquals(List.of(), transfers.running());
        return job.getResult().getSeverity();
    }

    @Test
    void ofTwoTransfersThatLookTheSameTheOneMeantIsCancelled() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        node.storage.transferring = progress -> {
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new TransferCancelledException("interrupted");
            }
        };
        Transfer meant = put("a.txt");
        Job first = transfers.start(meant, source);
        Job second = transfers.start(put("a.txt"), source);
        assertTrue(begun.await(1, TimeUnit.MINUTES));
        transfers.cancel(meant);
        first.join();
        goOn.countDown();
        second.join();
        assertEquals(IStatus.CANCEL, first.getResult().getSeverity());
        assertTrue(second.getResult().isOK());
    }

    @Test
    void oneCancelledBeforeItsTurnLeavesTheListToo() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        node.storage.transferring = progress -> {
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new TransferCancelledException("interrupted");
            }
        };
        Job first = job(put("first"), 4);
        first.schedule();
        assertTrue(begun.await(1, TimeUnit.MINUTES));
        Job waiting = job(put("waiting"), 6);
        waiting.schedule();
        assertEquals(2, transfers.running().size());
        assertTrue(waiting.cancel());
        waiting.join();
        assertEquals(List.of("first"), transfers.running().stream().map(t -> t.transfer().name()).toList());
        goOn.countDown();
        first.join();
    }

    @Test
    void progressCountsInBytesBeyondTwoGigabytes() throws InterruptedException {
        List<Transfers.State> states = new ArrayList<>();
        node.storage.transferring = progress -> {
            progress.update(3_000_000_000L, 6_000_000_000L, "storing");
            states.add(transfers.running().getFirst().state());
            progress.update(7_000_000_000L, 6_000_000_000L, "storing");
        };
        assertTrue(run(put("big")).isOK());
        assertEquals(List.of(new Transfers.State(3_000_000_000L, 6_000_000_000L, false)), states);
    }

    @Test
    void aFileIsReplacedOnlyWhenTheNewOneIsWhole(@TempDir Path dir) throws IOException {
        Path goal = Files.writeString(dir.resolve("a.txt"), "old");
        FetchTarget target = FetchTarget.of(goal, true);
        assertEquals("old", Files.readString(goal));
        Files.writeString(target.path(), "new");
        Fetched fetched = target.settle(new Fetched(target.path(), 3, "00"));
        assertEquals(goal, fetched.path());
        assertEquals("new", Files.readString(goal));
        assertFalse(Files.exists(target.path()));
    }

    @Test
    void withoutTheUsersWillNothingIsReplaced(@TempDir Path dir) throws IOException {
        Path goal = Files.writeString(dir.resolve("a.txt"), "old");
        assertEquals(goal, FetchTarget.of(goal, false).path());
        assertEquals(dir.resolve("b.txt"), FetchTarget.of(dir.resolve("b.txt"), true).path());
    }

    @Test
    void aTransferNeverPrintsItsKey() {
        StorageLink link = FakeStorage.item("a", 1).link();
        String printed = new Transfer.Get("a", link, Path.of("a"), false).toString();
        assertFalse(printed.contains(link.key().encoded()), printed);
    }
}
