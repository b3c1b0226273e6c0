// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.wire.FormatException;

/**
 * A message of multicast DNS: questions, or answers that nobody need have asked for.
 *
 * @param response    whether it answers; a message with questions may hold answers too, those that are known already
 * @param questions   what is asked
 * @param answers     what answers the questions
 * @param additionals what the reader would ask next
 */
public record DnsMessage(boolean response, List<Question> questions, List<ResourceRecord> answers,
        List<ResourceRecord> additionals) {

    /** The longest message that is read, in bytes (RFC 6762, section 17). */
    public static final int MAX_BYTES = 9000;

    /** The most questions that are read in one message; who looks for peers asks one. */
    public static final int MAX_QUESTIONS = 64;

    /** The most records that are read in one message; who tells of a peer sends about five. */
    public static final int MAX_RECORDS = 256;

    /** The most strings that are read in one {@link ResourceRecord.Text}. */
    public static final int MAX_STRINGS = 128;

    private static final int RESPONSE = 0x8000;
    private static final int AUTHORITATIVE = 0x0400;
    /** Operation and result, which must be those of a usual message. */
    private static final int UNUSUAL = 0x7800 | 0x000f;
    private static final int INTERNET = 1;
    /** In a record: others of its name and type are outdated. In a question: the answer is wanted by unicast. */
    private static final int CLASS_FLAG = 0x8000;
    private static final long NEGATIVE_TTL = 0x8000_0000L;

    public DnsMessage {
        questions = List.copyOf(questions);
        answers = List.copyOf(answers);
        additionals = List.copyOf(additionals);
    }

    /** A message that asks. */
    public static DnsMessage query(Question question) {
        return new DnsMessage(false, List.of(question), List.of(), List.of());
    }

    /** A message that tells. */
    public static DnsMessage response(List<ResourceRecord> answers, List<ResourceRecord> additionals) {
        return new DnsMessage(true, List.of(), answers, additionals);
    }

    /**
     * Reads a message. Records of other types than ours, and of other networks than the Internet, are left out.
     *
     * @throws FormatException if it is malformed, too long, of an unusual kind, or holds too much
     */
    public static DnsMessage parse(byte[] bytes) throws FormatException {
        if (bytes.length > MAX_BYTES) {
            throw new FormatException("a message of " + bytes.length + " bytes is longer than " + MAX_BYTES);
        }
        var in = new DnsReader(bytes);
        in.u16();
        int flags = in.u16();
        int questionCount = in.u16();
        int answerCount = in.u16();
        int authorityCount = in.u16();
        int additionalCount = in.u16();
        if ((flags & UNUSUAL) != 0 || questionCount > MAX_QUESTIONS
                || answerCount + authorityCount + additionalCount > MAX_RECORDS) {
            throw new FormatException("a message of an unusual kind, or with too many questions or records");
        }
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < questionCount; i++) {
            question(in).ifPresent(questions::add);
        }
        List<ResourceRecord> answers = records(in, answerCount);
        records(in, authorityCount);
        return new DnsMessage((flags & RESPONSE) != 0, questions, answers, records(in, additionalCount));
    }

    private static Optional<Question> question(DnsReader in) throws FormatException {
        var question = new Question(in.name(), in.u16());
        int network = in.u16() & ~CLASS_FLAG;
        return network == INTERNET || network == RecordType.ANY ? Optional.of(question) : Optional.empty();
    }

    private static List<ResourceRecord> records(DnsReader in, int count) throws FormatException {
        List<ResourceRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            record(in).ifPresent(records::add);
        }
        return records;
    }

    private static Optional<ResourceRecord> record(DnsReader in) throws FormatException {
        DomainName name = in.name();
        int type = in.u16();
        boolean internet = (in.u16() & ~CLASS_FLAG) == INTERNET;
        long ttl = in.u32();
        int length = in.u16();
        int end = in.endOf(length);
        ResourceRecord record = internet ? data(in, name, type, ttl >= NEGATIVE_TTL ? 0 : ttl, length) : null;
        if (record != null && in.position() != end) {
            throw new FormatException("a record of type " + type + " is longer or shorter than it says");
        }
        in.skipTo(end);
        return Optional.ofNullable(record);
    }

    private static @Nullable ResourceRecord data(DnsReader in, DomainName name, int type,
            long ttl, int length) throws FormatException {
        return switch (type) {
            case RecordType.PTR -> new ResourceRecord.Pointer(name, in.name(), ttl);
            case RecordType.TXT -> new ResourceRecord.Text(name, strings(in, length), ttl);
            case RecordType.SRV -> {
                in.u32(); // priority and weight
                int port = in.u16();
                yield new ResourceRecord.Service(name, in.name(), port, ttl);
            }
            case RecordType.A -> new ResourceRecord.Address(name, in.take(4), ttl);
            case RecordType.AAAA -> new ResourceRecord.Address(name, in.take(16), ttl);
            default -> null;
        };
    }

    private static List<String> strings(DnsReader in, int length) throws FormatException {
        int end = in.endOf(length);
        List<String> strings = new ArrayList<>();
        while (in.position() < end) {
            String string = in.string();
            if (!string.isEmpty()) {
                strings.add(string);
            }
            if (strings.size() > MAX_STRINGS) {
                throw new FormatException("a text of more than " + MAX_STRINGS + " strings");
            }
        }
        return strings;
    }

    /** The message as it is sent. */
    public byte[] toBytes() {
        var out = new DnsWriter();
        out.u16(0);
        out.u16(response ? RESPONSE | AUTHORITATIVE : 0);
        out.u16(questions.size());
        out.u16(answers.size());
        out.u16(0);
        out.u16(additionals.size());
        for (Question question : questions) {
            out.name(question.name());
            out.u16(question.type());
            out.u16(INTERNET);
        }
        answers.forEach(record -> write(record, out));
        additionals.forEach(record -> write(record, out));
        return out.toBytes();
    }

    private static void write(ResourceRecord record, DnsWriter out) {
        out.name(record.name());
        out.u16(record.type());
        out.u16(record instanceof ResourceRecord.Pointer ? INTERNET : INTERNET | CLASS_FLAG);
        out.u32(record.ttl());
        out.withLength(() -> {
            switch (record) {
                case ResourceRecord.Pointer pointer -> out.name(pointer.target());
                case ResourceRecord.Text text -> text.strings().forEach(out::string);
                case ResourceRecord.Service service -> {
                    out.u32(0);
                    out.u16(service.port());
                    out.name(service.host());
                }
                case ResourceRecord.Address address -> out.append(address.ip());
            }
        });
    }
}
