// SPDX-License-Identifier: EPL-2.0
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.scalecube.cluster.Cluster;
import io.scalecube.cluster.ClusterImpl;
import io.scalecube.cluster.ClusterMessageHandler;
import io.scalecube.cluster.membership.MembershipEvent;
import io.scalecube.cluster.transport.api.Transport;
import io.scalecube.transport.netty.tcp.TcpTransportFactory;

/** Members of ScaleCube Cluster in one process: ScaleCubeMembers COUNT [SEED]. */
public final class ScaleCubeMembers {

    private final List<Transport> transports = new ArrayList<>();

    public static void main(String[] words) throws Exception {
        new ScaleCubeMembers().run(Integer.parseInt(words[0]), words.length > 1 ? words[1] : null);
    }

    private void run(int count, String seed) throws Exception {
        String first = seed;
        for (int i = 0; i < count; i++) {
            Cluster member = start(first);
            first = first == null ? member.address() : first;
            say("{\"event\":\"member\",\"id\":\"" + member.member().id() + "\",\"address\":\"" + member.address() + "\"}");
        }
        say("{\"event\":\"ready\"}");
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("drop ")) {
                transports.get(Integer.parseInt(line.substring(5))).stop().block();
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private Cluster start(String seed) {
        return new ClusterImpl()
                .config(options -> options.externalHost("127.0.0.1"))
                .transportFactory(() -> config -> {
                    Transport transport = new TcpTransportFactory().createTransport(config);
                    transports.add(transport);
                    return transport;
                })
                .membership(options -> seed == null ? options : options.seedMembers(seed))
                .handler(cluster -> new ClusterMessageHandler() {
                    @Override
                    public void onMembershipEvent(MembershipEvent event) {
                        if (event.isAdded() || event.isRemoved()) {
                            say("{\"event\":\"seen\",\"by\":\"" + cluster.member().id() + "\",\"peer\":\""
                                    + event.member().id() + "\",\"state\":\"" + (event.isAdded() ? "alive" : "gone")
                                    + "\",\"at\":" + System.currentTimeMillis() + "}");
                        }
                    }
                })
                .startAwait();
    }

    private static void say(String line) {
        synchronized (System.out) {
            System.out.println(line);
            System.out.flush();
        }
    }
}
