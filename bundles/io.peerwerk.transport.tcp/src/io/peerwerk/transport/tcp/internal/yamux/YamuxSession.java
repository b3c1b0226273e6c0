// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.yamux;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;


/**
 * The state machine of a session. Time is given in nanoseconds of any origin. Not safe for use by several threads.
 *
 * <p>What the machine wants to send is asked for with {@link #poll()}, frame by frame, whenever the link can take more:
 * first what is owed to the peer, then data, stream by stream in turns.
 */
public final class YamuxSession {

    /** Gives memory for windows. */
    @FunctionalInterface
    public interface Budget {

        /** Whether the window of a stream may become so many bytes larger. */
        boolean grow(int stream, int bytes);
    }

    private static final long MAX_CREDIT = 0xffff_ffffL;

    /** A window whose half is used within so many round trips is what holds the peer back. */
    private static final int ROUND_TRIPS = 2;

    private final YamuxOptions options;
    private final boolean dialler;
    private final Map<Integer, StreamState> streams = new HashMap<>();
    private final ArrayDeque<Frame> answers = new ArrayDeque<>();
    private final ArrayDeque<StreamState> updates = new ArrayDeque<>();
    private final Turns turns;
    private final Pinger pinger;
    private final Budget budget;
    private final Patience patience;
    private int turn;
    private int nextId;
    private int incoming;
    private int outgoing;
    private boolean leaving;
    private boolean peerLeft;

    /**
     * @param dialler whether this end has dialled
     * @param budget  is asked before a window grows
     * @param now     the time
     */
    public YamuxSession(boolean dialler, YamuxOptions options, Budget budget, long now) {
        this.dialler = dialler;
        this.options = options;
        this.budget = budget;
        this.patience = new Patience(options, now);
        this.nextId = dialler ? 1 : 2;
        this.pinger = new Pinger(options, now);
        this.turns = new Turns(options.ackBacklog());
        this.turn = options.turn();
    }

    // ---- what the peer sends

    /**
     * Takes a frame's header.
     *
     * @throws YamuxException if the peer has broken the protocol; the session is over then
     */
    public List<Action> receive(Frame frame, long now) throws YamuxException {
        pinger.heard(now);
        if (answers.size() >= options.maxAnswers()) {
            throw YamuxException.protocol("the peer does not read its answers");
        }
        return switch (frame.type()) {
            case PING -> ping(frame, now);
            case GO_AWAY -> goneAway(frame, now);
            case DATA, WINDOW -> streamFrame(frame, now);
        };
    }

    /** Reasons are open-ended: newer peers name more of them than the specification does. */
    private List<Action> goneAway(Frame frame, long now) throws YamuxException {
        if (frame.stream() != 0) {
            throw YamuxException.protocol("a goodbye on a stream");
        }
        if (peerLeft) {
            patience.idle(frame, now);
            return List.of();
        }
        peerLeft = true;
        leaving = true;
        return List.of(new Action.GoneAway(frame.length()));
    }

    private List<Action> ping(Frame frame, long now) throws YamuxException {
        if (frame.stream() != 0) {
            throw YamuxException.protocol("a ping on a stream");
        }
        patience.idle(frame, now);
        if (frame.has(Frame.SYN)) {
            answers.add(new Frame(Frame.Type.PING, Frame.ACK, 0, frame.length()));
        } else if (frame.has(Frame.ACK)) {
            pinger.answered(frame.length(), now);
        } else {
            throw YamuxException.protocol("a ping that neither asks nor answers");
        }
        return List.of();
    }

    private List<Action> streamFrame(Frame frame, long now) throws YamuxException {
        if (frame.stream() == 0) {
            throw YamuxException.protocol("data on stream 0");
        }
        if (frame.type() == Frame.Type.DATA && frame.length() > options.maxWindow()) {
            throw YamuxException.protocol("a data frame of " + frame.length() + " bytes");
        }
        var actions = new ArrayList<Action>(2);
        StreamState stream = streams.get(frame.stream());
        if (frame.has(Frame.SYN)) {
            stream = accept(frame, stream, actions, now);
        }
        if (carriesNothing(frame, stream)) {
            patience.idle(frame, now);
        }
        if (stream == null) {
            if (frame.type() == Frame.Type.DATA && frame.length() > 0) {
                actions.add(new Action.Discard((int) frame.length()));
            }
            return actions;
        }
        turns.answered(stream);
        if (frame.type() == Frame.Type.DATA) {
            data(stream, frame, actions);
        } else {
            credit(stream, frame);
        }
        if (knows(stream.id)) {
            ends(stream, frame, actions);
        }
        return actions;
    }

    /** Whether a frame changes nothing; null stands for a stream that is gone or refused. */
    private static boolean carriesNothing(Frame frame, @Nullable StreamState stream) {
        if (stream == null) {
            return frame.has(Frame.SYN) || frame.length() == 0;
        }
        boolean empty = frame.type() == Frame.Type.WINDOW || frame.length() == 0;
        return empty && !frame.has(Frame.SYN) && !frame.has(Frame.RST)
                && !(frame.has(Frame.FIN) && !stream.finished) && !(frame.has(Frame.ACK) && stream.unanswered);
    }

    private @Nullable StreamState accept(Frame frame, @Nullable StreamState there, List<Action> actions, long now)
            throws YamuxException {
        if (isOwn(frame.stream())) {
            throw YamuxException.protocol("the peer opens a stream with an id of this end");
        }
        if (there != null) {
            throw YamuxException.protocol("the peer opens a stream twice");
        }
        if (frame.type() == Frame.Type.DATA && frame.length() > YamuxOptions.INITIAL_WINDOW) {
            throw YamuxException.protocol("the first frame of a stream has more bytes than its window");
        }
        if (leaving || incoming >= options.maxIncoming()) {
            answers.add(new Frame(Frame.Type.WINDOW, Frame.RST, frame.stream(), 0));
            return null;
        }
        var stream = new StreamState(frame.stream(), Frame.ACK, now);
        streams.put(stream.id, stream);
        incoming++;
        actions.add(new Action.Opened(stream.id));
        return stream;
    }

    private void data(StreamState stream, Frame frame, List<Action> actions) throws YamuxException {
        int length = (int) frame.length();
        if (length == 0) {
            return;
        }
        if (stream.finished) {
            throw YamuxException.protocol("data after the end of a stream");
        }
        if (length > stream.receiveCredit) {
            throw YamuxException.protocol("data beyond the window");
        }
        stream.receiveCredit -= length;
        if (!stream.ignored) {
            actions.add(new Action.Deliver(stream.id, length));
            return;
        }
        actions.add(new Action.Discard(length));
        if (stream.receiveCredit < stream.window / 2) {
            reset(stream.id);
            actions.add(new Action.Reset(stream.id, "the peer sends to nobody"));
        }
    }

    private void credit(StreamState stream, Frame frame) throws YamuxException {
        stream.sendCredit += frame.length();
        if (stream.sendCredit > MAX_CREDIT) {
            throw YamuxException.protocol("a window of more than 2^32 bytes");
        }
        turns.add(stream);
    }

    private void ends(StreamState stream, Frame frame, List<Action> actions) {
        if (frame.has(Frame.RST)) {
            forget(stream);
            actions.add(new Action.Reset(stream.id, "the peer reset the stream"));
        } else if (frame.has(Frame.FIN) && !stream.finished) {
            stream.finished = true;
            actions.add(new Action.Finished(stream.id));
            forgetIfDone(stream);
        }
    }

    // ---- what this end wants

    /** Opens a stream and gives its id; 0 if too many are open or this end is leaving. */
    public int open(long now) {
        if (leaving || outgoing >= options.maxOutgoing() || nextId < 0 && nextId > -3) {
            return 0;
        }
        var stream = new StreamState(nextId, Frame.SYN, now);
        nextId += 2;
        streams.put(stream.id, stream);
        outgoing++;
        return stream.id;
    }

    /** Bytes of a stream are ready to be sent. */
    public void queue(int id, int bytes) {
        StreamState stream = streams.get(id);
        if (stream != null && !stream.finishWanted) {
            stream.queued += bytes;
            turns.add(stream);
        }
    }

    /** Ends the output of a stream once all that is queued has been sent. */
    public void finish(int id) {
        StreamState stream = streams.get(id);
        if (stream != null) {
            stream.finishWanted = true;
            turns.add(stream);
        }
    }

    /** Gives up a stream; what is queued is not sent any more. */
    public void reset(int id) {
        StreamState stream = streams.get(id);
        if (stream != null) {
            boolean peerKnows = stream.greeting != Frame.SYN;
            forget(stream);
            if (peerKnows) {
                answers.add(new Frame(Frame.Type.WINDOW, Frame.RST, id, 0));
            }
        }
    }

    /** Nobody reads a stream any more. */
    public void ignore(int id, long now) {
        StreamState stream = streams.get(id);
        if (stream != null && !stream.ignored) {
            stream.ignored = true;
            stream.ignoredAt = now;
        }
    }

    /** Bytes of a stream have been used; the window opens again by as much, or more if the link is that fast. */
    public void consumed(int id, int bytes, long now) {
        StreamState stream = streams.get(id);
        if (stream == null || stream.finished || stream.ignored) {
            return;
        }
        stream.consumed += bytes;
        if (stream.consumed < stream.window / 2) {
            return;
        }
        int growth = growth(stream, now);
        stream.window += growth;
        stream.receiveCredit += stream.consumed + growth;
        stream.updatedAt = now;
        if (stream.updateOwed == 0) {
            updates.add(stream);
        }
        stream.updateOwed += stream.consumed + growth;
        stream.consumed = 0;
    }

    /** A window that was half used within two round trips holds the peer back: it doubles, if there is memory. */
    private int growth(StreamState stream, long now) {
        if (!pinger.knowsRoundTrip() || now - stream.updatedAt > ROUND_TRIPS * pinger.roundTrip()) {
            return 0;
        }
        int growth = Math.min(stream.window, options.maxWindow() - stream.window);
        return growth > 0 && budget.grow(stream.id, growth) ? growth : 0;
    }

    /** Says goodbye and takes no more streams: 0 normal, 1 the peer broke the protocol, 2 an error of this end. */
    public void goAway(int code) {
        leaving = true;
        answers.addFirst(new Frame(Frame.Type.GO_AWAY, 0, 0, code));
    }

    /** Time has passed: pings, and gives up what lingers. To be called every second or so. */
    public List<Action> tick(long now) {
        var actions = new ArrayList<Action>();
        if (pinger.isOverdue(now)) {
            long seconds = options.pingLimit().toSeconds();
            return List.of(new Action.Lost("the peer did not answer a ping within " + seconds + " s"));
        }
        pinger.next(now).ifPresent(answers::add);
        for (StreamState stream : List.copyOf(streams.values())) {
            if (stream.ignored && now - stream.ignoredAt > options.linger().toNanos()) {
                reset(stream.id);
                actions.add(new Action.Reset(stream.id, "the peer did not end the stream"));
            }
        }
        return actions;
    }

    // ---- what is to be sent

    /** Sets how many bytes a stream sends before the next one's turn, where several have some: whole frames. */
    public void turn(int bytes) {
        turn = bytes;
    }

    /** The next frame to be sent, null if there is none now. A data frame's bytes are the next ones of its stream. */
    public @Nullable Frame poll() {
        Frame answer = answers.poll();
        if (answer != null) {
            return answer;
        }
        for (StreamState owed = updates.poll(); owed != null; owed = updates.poll()) {
            if (!owed.gone && !owed.finished && !owed.ignored) {
                return update(owed);
            }
        }
        StreamState stream = turns.next();
        return stream == null ? null : next(stream);
    }

    private Frame update(StreamState stream) {
        long owed = stream.updateOwed;
        stream.updateOwed = 0;
        return new Frame(Frame.Type.WINDOW, stream.takeGreeting(), stream.id, owed);
    }

    private Frame next(StreamState stream) {
        int flags = stream.takeGreeting();
        if (flags == Frame.SYN) {
            turns.opened(stream);
        }
        if (stream.queued == 0) {
            stream.finishSent = true;
            forgetIfDone(stream);
            return new Frame(Frame.Type.WINDOW, flags | Frame.FIN, stream.id, 0);
        }
        long length = Math.min(Math.min(stream.queued, stream.sendCredit), options.maxFrame());
        patience.sent();
        stream.queued -= length;
        stream.sendCredit -= length;
        turns.sent(stream, length, turn);
        return new Frame(Frame.Type.DATA, flags, stream.id, length);
    }

    // ---- what is there

    /** Whether a stream is neither ended by both ends nor reset. */
    public boolean knows(int id) {
        return streams.containsKey(id);
    }

    /** The streams that are open, of both directions. */
    public int streamCount() {
        return streams.size();
    }

    /** Frames that are owed to the peer without flow control. */
    public int answerCount() {
        return answers.size();
    }

    /** Used bytes of a stream that are worth telling: fewer change nothing. */
    public int consumptionStep(int id) {
        StreamState stream = streams.get(id);
        return (stream == null ? YamuxOptions.INITIAL_WINDOW : stream.window) / 4;
    }

    private boolean isOwn(int id) {
        return (id & 1) == (dialler ? 1 : 0);
    }

    private void forgetIfDone(StreamState stream) {
        if (stream.finished && stream.finishSent) {
            forget(stream);
        }
    }

    private void forget(StreamState stream) {
        if (streams.remove(stream.id) == null) {
            return;
        }
        turns.remove(stream);
        if (isOwn(stream.id)) {
            outgoing--;
        } else {
            incoming--;
        }
    }
}
