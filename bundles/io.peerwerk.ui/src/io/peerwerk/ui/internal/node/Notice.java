// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.node;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.eclipse.osgi.util.NLS;

import io.peerwerk.node.Node;
import io.peerwerk.node.NodeModule;
import io.peerwerk.ui.internal.Messages;

/**
 * What a view says in place of its content while it has none.
 *
 * @param title a few words
 * @param text what it means for the user and what happens next
 * @param remedies what the user can do about it, offered as links
 */
public record Notice(String title, String text, List<Remedy> remedies) {
    /** A way out. */
    public enum Remedy {
        START, RETRY, CHOOSE_HOME, PREFERENCES
    }

    public Notice {
        remedies = List.copyOf(remedies);
    }

    /** What there is to say about the node itself; nothing while it runs. */
    public static Optional<Notice> of(NodeState state) {
        return switch (state) {
            case NodeState.Running running -> Optional.empty();
            case NodeState.Absent absent ->
                Optional.of(new Notice(Messages.Notice_absentTitle, Messages.Notice_absentText, List.of()));
            case NodeState.Stopped stopped -> Optional.of(new Notice(Messages.Notice_stoppedTitle,
                    Messages.Notice_stoppedText, List.of(Remedy.START, Remedy.PREFERENCES)));
            case NodeState.Starting starting -> Optional.of(new Notice(Messages.Notice_startingTitle,
                    NLS.bind(Messages.Notice_startingText, starting.home()), List.of()));
            case NodeState.Failed failed -> Optional.of(new Notice(Messages.Notice_failedTitle,
                    NLS.bind(Messages.Notice_failedText, failed.home(), failed.reason()),
                    List.of(Remedy.RETRY, Remedy.CHOOSE_HOME, Remedy.PREFERENCES)));
        };
    }

    /**
     * What to say while one of these modules is away: the first of them, so name first what the others stand on.
     * Nothing while all are there.
     */
    public static Optional<Notice> missing(Node node, NodeModule... needed) {
        Set<NodeModule> present = node.status().modules();
        return Arrays.stream(needed).filter(module -> !present.contains(module)).findFirst().map(Notice::of);
    }

    /** What to say while a module is away. */
    public static Notice of(NodeModule module) {
        return module(label(module));
    }

    /** What to say while the module of this name is away, one that a node can do without. */
    public static Notice module(String name) {
        return new Notice(NLS.bind(Messages.Notice_moduleTitle, name), Messages.Notice_moduleText, List.of());
    }

    private static String label(NodeModule module) {
        return switch (module) {
            case TRANSPORT -> Messages.Module_transport;
            case GOSSIP -> Messages.Module_gossip;
            case STORAGE -> Messages.Module_storage;
        };
    }
}
