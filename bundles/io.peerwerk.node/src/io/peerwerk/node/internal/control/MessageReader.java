// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.control;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import io.peerwerk.node.internal.text.Reason;
import org.eclipse.lsp4j.jsonrpc.JsonRpcException;
import org.eclipse.lsp4j.jsonrpc.MessageIssueHandler;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;
import org.eclipse.lsp4j.jsonrpc.json.StreamMessageProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads messages with their length in front and refuses what is too long before it costs memory: the announced length
 * of a body, and the sum of header and body whatever was announced.
 */
final class MessageReader extends StreamMessageProducer {
    private static final Logger LOG = LoggerFactory.getLogger(MessageReader.class);
    private static final int MAX_HEADER = 4096;

    private final Budget budget;

    MessageReader(InputStream in, MessageJsonHandler json, MessageIssueHandler issues) {
        this(new Budget(in, Messages.MAX_MESSAGE + MAX_HEADER), json, issues);
    }

    private MessageReader(Budget budget, MessageJsonHandler json, MessageIssueHandler issues) {
        super(budget, json, issues);
        this.budget = budget;
    }

    @Override
    protected boolean handleMessage(InputStream in, Headers headers) throws IOException {
        if (headers.contentLength < 0 || headers.contentLength > Messages.MAX_MESSAGE) {
            throw new IOException("a message of " + headers.contentLength + " bytes is refused");
        }
        boolean goOn = super.handleMessage(in, headers);
        budget.renew();
        return goOn;
    }

    /** Headers that make no sense, or a message that cannot be answered: the connection is not worth going on with. */
    @Override
    protected void fireError(Throwable error) {
        throw new JsonRpcException(new IOException("not JSON-RPC: " + Reason.of(error), error));
    }

    @Override
    protected void fireStreamClosed(Exception cause) {
        LOG.debug("a control connection is closed: {}", cause.getMessage());
    }

    /** A stream that ends in an error when a message takes more than it may. */
    private static final class Budget extends FilterInputStream {
        private final int limit;
        private int left;

        Budget(InputStream in, int limit) {
            super(in);
            this.limit = limit;
            this.left = limit;
        }

        void renew() {
            left = limit;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            spend(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            spend(Math.max(0, count));
            return count;
        }

        private void spend(int bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new IOException("a message of more than " + limit + " bytes is refused");
            }
        }
    }
}
