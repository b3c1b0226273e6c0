// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.internal.manifest.SafePath;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Several replicas of one drive are edited at random, meet now and then, and at last all of them. */
class DriveMergePropertyTest {

    private static final int REPLICAS = 3;
    private static final List<String> PATHS = List.of("a", "b", "a/b", "a/c", "a/b/c", "b/a", "c", "c.txt", "a/b.txt");

    /** What happens next. */
    private enum Kind { WRITE, MAKE_FOLDER, REMOVE, WRITE_WHAT_IS_SHOWN, MEET }

    /**
     * One step.
     *
     * @param replica whose
     * @param which path, shown thing or other replica, of so many as there are
     * @param clock what the replica's clock says: clocks are wrong
     */
    private record Step(Kind kind, int replica, int which, int clock) {
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(Arbitraries.of(Kind.class), Arbitraries.integers().between(0, REPLICAS - 1),
                Arbitraries.integers().between(0, 30), Arbitraries.integers().between(0, 3)).as(Step::new).list()
                .ofMaxSize(60);
    }

    /** The replicas, and which contents a user has overwritten or removed where they were shown. */
    private static final class World {
        final List<DriveState> states = new ArrayList<>();
        final Set<Integer> written = new TreeSet<>();
        final Set<Integer> gone = new HashSet<>();

        World() {
            for (int i = 0; i < REPLICAS; i++) {
                states.add(DriveState.EMPTY);
            }
        }

        void run(Step step) throws FormatException {
            DriveState state = states.get(step.replica());
            List<String> shown = List.copyOf(DriveView.of(state).all().keySet());
            String any = shown.isEmpty() ? "a" : shown.get(step.which() % shown.size());
            String path = PATHS.get(step.which() % PATHS.size());
            states.set(step.replica(), switch (step.kind()) {
                case WRITE -> write(state, step, path);
                case WRITE_WHAT_IS_SHOWN -> write(state, step, any);
                case MAKE_FOLDER -> {
                    goes(state, path);
                    yield state.edit(replica(step), step.clock()).put(path, new DriveEntry.Folder(step.clock())).done();
                }
                case REMOVE -> {
                    goes(state, any);
                    DriveView.of(state).below(any).keySet().forEach(below -> goes(state, below));
                    yield state.edit(replica(step), step.clock()).remove(any).done();
                }
                case MEET -> state.merge(states.get(step.which() % REPLICAS));
            });
        }

        private static Replica replica(Step step) {
            return new Replica(step.replica() - 1L);
        }

        private DriveState write(DriveState state, Step step, String path) throws FormatException {
            goes(state, path);
            int content = written.size() + 1;
            written.add(content);
            return state.edit(replica(step), step.clock()).put(path, Drives.file(content, step.clock() * 60_000L)).done();
        }

        private void goes(DriveState state, String path) {
            DriveView.of(state).at(path).filter(shown -> shown.entry() instanceof DriveEntry.File)
                    .ifPresent(shown -> gone.add(Drives.content(shown)));
        }
    }

    @Property
    void noEditIsLostAndAllBecomeEqual(@ForAll("steps") List<Step> steps) throws FormatException {
        var world = new World();
        for (Step step : steps) {
            world.run(step);
        }
        DriveState all = DriveState.EMPTY;
        for (DriveState state : world.states) {
            all = all.merge(state);
        }
        for (DriveState state : world.states) {
            assertEquals(all, state.merge(all));
            assertEquals(DriveView.of(all), DriveView.of(all.merge(state)));
        }
        var there = new TreeSet<Integer>();
        DriveView.of(all).all().values().stream().filter(shown -> shown.entry() instanceof DriveEntry.File)
                .forEach(shown -> assertTrue(there.add(Drives.content(shown)), "shown once"));
        var expected = new TreeSet<>(world.written);
        expected.removeAll(world.gone);
        assertEquals(expected, there);
    }

    @Property
    void whatIsShownIsATreeThatFileSystemsTake(@ForAll("steps") List<Step> steps) throws FormatException {
        var world = new World();
        for (Step step : steps) {
            world.run(step);
        }
        DriveState all = world.states.stream().reduce(DriveState.EMPTY, DriveState::merge);
        DriveView view = DriveView.of(all);
        for (Map.Entry<String, Shown> each : view.all().entrySet()) {
            String path = SafePath.check(each.getKey());
            if (path.contains("/")) {
                Shown parent = view.at(path.substring(0, path.lastIndexOf('/'))).orElseThrow();
                assertInstanceOf(DriveEntry.Folder.class, parent.entry(), path);
            }
        }
    }

    @Property
    void theOrderInWhichReplicasMeetDoesNotCount(@ForAll("steps") List<Step> steps) throws FormatException {
        var world = new World();
        for (Step step : steps) {
            world.run(step);
        }
        DriveState a = world.states.get(0);
        DriveState b = world.states.get(1);
        DriveState c = world.states.get(2);
        assertEquals(a.merge(b), b.merge(a));
        assertEquals(a.merge(b).merge(c), a.merge(b.merge(c)));
        assertEquals(a.merge(b), a.merge(b).merge(b));
        assertTrue(a.merge(b).seen().contains(a.seen()));
    }
}
