package io.rationale.helm;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong values are refused before anything reaches a cluster, and it is said which and why. */
class RefusedValuesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', maxCharsPerColumn = 8192, textBlock = """
                    clasifier: {replicas: 2}                                   | clasifier
                    classifier: {replicas: two}                                | replicas
                    classifier: {drainTimeoutSeconds: 200}                     | drainTimeoutSeconds
                    classifier: {resources: {limit: {memory: 1Gi}}}            | limit
                    image: {tag: latest}                                       | tag
                    kafka: {bootstrapServers: "kafka"}                         | bootstrapServers
                    kafka: {securityProtocol: TLS}                             | securityProtocol
                    kafka: {config: {sasl.jaas.config: "x"}}                   | sasl.jaas.config
                    kafka: {config: {ssl.truststore.password: "x"}}            | ssl.truststore.password
                    r1: {endpoints: ["vllm:8000"]}                             | endpoints
                    r1: {endpoints: ["http://user:secret@vllm:8000/v1"]}       | endpoints
                    r1: {profile: vlm}                                         | profile
                    classifier: {config: {rationale.r1.api-key: "x"}}          | rationale.r1.api-key
                    classifier: {config: {r1.model: "x"}}                      | r1.model
                    topics: {mode: jobs}                                       | mode
                    topics: {config: {notes: {retention.ms: 86400000}}}        | retention.ms
                    console: {alerts: {webhooks: [{name: ops, url: "http://x"}]}} | webhooks
                    console: {persistence: {size: ten}}                        | size
                    console: {service: {port: 0}}                              | port
                    console: {auth: {anonymous: allowed}}                      | anonymous
                    console: {auth: {jwt: {jwks: "http://keys"}}}              | jwks
                    console: {trustedProxies: [ingress]}                       | trustedProxies
                    """)
    void shouldBeRefusedByTheSchema(String values, String named) {
        assertThatThrownBy(() -> Chart.render(values))
                .hasMessageContaining("schema")
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', maxCharsPerColumn = 8192, textBlock = """
                    kafka: {securityProtocol: SASL_SSL}                        | name the Secret with the JAAS line in kafka.sasl.existingSecret.
                    kafka: {tls: {caSecret: ca}}                               | kafka.securityProtocol is PLAINTEXT, without TLS: set it to SSL or SASL_SSL.
                    classifier: {drainTimeoutSeconds: 60}                      | give it 75 or more, else Kubernetes kills what still writes.
                    classifier: {replicas: 7}                                  | There may be 7 classifiers and topics.partitions is 6
                    classifier: {autoscaling: {enabled: true, minReplicas: 9}} | minReplicas is 9 and maxReplicas 6
                    topics: {mode: strimzi}                                    | name the Kafka object in topics.strimzi.cluster.
                    topics: {config: {note: {retention.ms: "1"}}}              | topics.config names note, and there are: notes, audit
                    console: {ingress: {enabled: true}}                        | name the page's host in console.ingress.host.
                    console: {httpRoute: {enabled: true}}                      | name the gateway in console.httpRoute.parentRefs.
                    r1: {endpoints: []}                                        | There is no R1
                    r1: {endpointApiKeys: [{endpoint: 2, existingSecret: s}]}  | names endpoint 2 and r1.endpoints has 1.
                    classifier: {replicas: 1}                                  | The console would ask nobody who comes: name the Secret with its tokens in console.auth.tokens.existingSecret
                    console: {auth: {anonymous: true, tokens: {existingSecret: s}}} | choose one.
                    console: {auth: {jwt: {issuer: "https://i"}}}              | in console.auth.jwt.audience and console.auth.jwt.jwks, too.
                    console: {auth: {jwt: {audience: a}}}                      | give it in console.auth.jwt.issuer.
                    {console: {auth: {tokens: {existingSecret: s}}}, metrics: {serviceMonitor: {enabled: true}}} | in metrics.serviceMonitor.tokenSecret.name.
                    """)
    void shouldBeRefusedWithASentence(String values, String sentence) {
        assertThatThrownBy(() -> Chart.render(values)).hasMessageContaining(sentence);
    }
}
