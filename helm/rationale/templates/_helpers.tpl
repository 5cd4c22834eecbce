{{/* Names and labels. */}}
{{- define "rationale.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Short enough for "-classifier" and a StatefulSet's ordinal. */}}
{{- define "rationale.fullname" -}}
{{- $name := include "rationale.name" . }}
{{- $full := ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) }}
{{- default $full .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- end }}

{{- define "rationale.selectorLabels" -}}
app.kubernetes.io/name: {{ include "rationale.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "rationale.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{ include "rationale.selectorLabels" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: rationale
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "rationale.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "rationale.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "rationale.image" -}}
{{- $name := .image.repository }}
{{- with .root.Values.image.registry }}{{ $name = printf "%s/%s" . $name }}{{ end }}
{{- if .image.digest }}
{{- printf "%s@%s" $name .image.digest }}
{{- else }}
{{- printf "%s:%s" $name (default .root.Chart.AppVersion .root.Values.image.tag) }}
{{- end }}
{{- end }}

{{/* What the default of the services is where the prefix is: rationale-classifier. */}}
{{- define "rationale.groupId" -}}
{{- default (printf "%s-classifier" (trimSuffix "." .Values.topicPrefix)) .Values.classifier.groupId }}
{{- end }}

{{- define "rationale.r1Endpoints" -}}
{{- if .Values.simulator.enabled }}
{{- printf "http://%s-simulator:8000/v1" (include "rationale.fullname" .) }}
{{- else }}
{{- join "," .Values.r1.endpoints }}
{{- end }}
{{- end }}

{{/* Numbers of values are floating, and large ones would be written as 1e+07. */}}
{{- define "rationale.scalar" -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) }}{{ int64 . }}{{ else }}{{ toString . }}{{ end }}
{{- end }}

{{/* Properties: a dict as lines of a Java properties file, sorted. */}}
{{- define "rationale.properties" -}}
# Below environment variables (300), else the file would have the rank of the variable that names it.
config_ordinal=275
{{- range $key, $value := . }}
{{ $key }}={{ include "rationale.scalar" $value | replace "\\" "\\\\" | replace "\n" "\\n" }}
{{- end }}
{{- end }}

{{/* What every client of Kafka needs that is no secret, as YAML of a dict. */}}
{{- define "rationale.kafkaConfig" -}}
{{- $config := dict "kafka.bootstrap.servers" .Values.kafka.bootstrapServers "kafka.security.protocol" .Values.kafka.securityProtocol }}
{{- if hasPrefix "SASL" .Values.kafka.securityProtocol }}
{{- $_ := set $config "kafka.sasl.mechanism" .Values.kafka.sasl.mechanism }}
{{- end }}
{{- if hasSuffix "SSL" .Values.kafka.securityProtocol }}
{{- if .Values.kafka.tls.caSecret }}
{{- $_ := set $config "kafka.ssl.truststore.type" "PEM" }}
{{- $_ := set $config "kafka.ssl.truststore.location" "/etc/rationale/kafka-ca/ca.crt" }}
{{- end }}
{{- if .Values.kafka.tls.clientSecret }}
{{- $_ := set $config "kafka.ssl.keystore.type" "PEM" }}
{{- end }}
{{- end }}
{{- range $key, $value := .Values.kafka.config }}
{{- $_ := set $config (printf "kafka.%s" $key) $value }}
{{- end }}
{{- $_ := set $config "rationale.topic-prefix" .Values.topicPrefix }}
{{- $_ := set $config "rationale.topics.partitions" .Values.topics.partitions }}
{{- toYaml $config }}
{{- end }}

{{/* The same for both services. */}}
{{- define "rationale.serviceConfig" -}}
{{- $config := fromYaml (include "rationale.kafkaConfig" .) }}
{{- $_ := set $config "rationale.classifier.group-id" (include "rationale.groupId" .) }}
{{- $_ := set $config "rationale.topics.create" (eq .Values.topics.mode "services") }}
{{- $_ := set $config "quarkus.http.host" "0.0.0.0" }}
{{- $_ := set $config "quarkus.http.port" 8080 }}
{{- if .Values.taxonomy.file }}
{{- $_ := set $config "rationale.taxonomy-file" "/etc/rationale/taxonomy/taxonomy.yaml" }}
{{- end }}
{{- range $key, $value := .Values.config }}
{{- $_ := set $config $key $value }}
{{- end }}
{{- toYaml $config }}
{{- end }}

{{- define "rationale.classifierConfig" -}}
{{- $config := fromYaml (include "rationale.serviceConfig" .) }}
{{- $_ := set $config "rationale.drain-timeout" (printf "%ds" (int .Values.classifier.drainTimeoutSeconds)) }}
{{- $_ := set $config "rationale.r1.profile" .Values.r1.profile }}
{{- $_ := set $config "rationale.r1.model-profile" .Values.r1.modelProfile }}
{{- with .Values.r1.model }}
{{- $_ := set $config "rationale.r1.model" . }}
{{- end }}
{{- if and .Values.r1.endpointsConfigMap.name (not .Values.simulator.enabled) }}
{{- $_ := set $config "rationale.r1.endpoints-file" "/etc/rationale/r1-endpoints/endpoints" }}
{{- else }}
{{- $_ := set $config "rationale.r1.endpoints" (include "rationale.r1Endpoints" .) }}
{{- end }}
{{- if .Values.r1.tls.caSecret }}
{{- $_ := set $config "rationale.r1.tls-configuration-name" "r1" }}
{{- $_ := set $config "quarkus.tls.r1.trust-store.pem.certs" "/etc/rationale/r1-ca/ca.crt" }}
{{- end }}
{{- range $key, $value := .Values.classifier.config }}
{{- $_ := set $config $key $value }}
{{- end }}
{{- include "rationale.properties" $config }}
{{- end }}

{{- define "rationale.consoleConfig" -}}
{{- $config := fromYaml (include "rationale.serviceConfig" .) }}
{{- $_ := set $config "kafka-streams.state.dir" "/var/lib/rationale/streams" }}
{{- $_ := set $config "rationale.search.directory" "/var/lib/rationale/search" }}
{{- if not (kindIs "invalid" .Values.console.standbyReplicas) }}
{{- $_ := set $config "rationale.statistics.standby-replicas" .Values.console.standbyReplicas }}
{{- else if gt (int .Values.console.replicas) 1 }}
{{- $_ := set $config "rationale.statistics.standby-replicas" 1 }}
{{- end }}
{{- $auth := .Values.console.auth }}
{{- if $auth.tokens.existingSecret }}
{{- $_ := set $config "rationale.auth.tokens-file" "/etc/rationale/tokens/tokens" }}
{{- end }}
{{- if $auth.jwt.issuer }}
{{- $_ := set $config "rationale.auth.jwt.issuer" $auth.jwt.issuer }}
{{- $_ := set $config "rationale.auth.jwt.audience" $auth.jwt.audience }}
{{- $_ := set $config "rationale.auth.jwt.jwks" $auth.jwt.jwks }}
{{- range $key, $value := $auth.jwt.config }}
{{- $_ := set $config (printf "rationale.auth.jwt.%s" $key) $value }}
{{- end }}
{{- end }}
{{- if $auth.anonymous }}
{{- $_ := set $config "rationale.auth.anonymous" "allowed" }}
{{- end }}
{{- with .Values.console.trustedProxies }}
{{- $_ := set $config "quarkus.http.proxy.proxy-address-forwarding" true }}
{{- $_ := set $config "quarkus.http.proxy.trusted-proxies" (join "," .) }}
{{- end }}
{{- range $name, $rule := .Values.console.alerts.rules }}
{{- $_ := set $config (printf "rationale.alerts.rules.%s" $name) $rule }}
{{- end }}
{{- range .Values.console.alerts.webhooks }}
{{- $_ := set $config (printf "rationale.alerts.webhooks.%s.format" .name) (default "json" .format) }}
{{- end }}
{{- range $key, $value := .Values.console.config }}
{{- $_ := set $config $key $value }}
{{- end }}
{{- include "rationale.properties" $config }}
{{- end }}

{{- define "rationale.toolsConfig" -}}
{{- $config := fromYaml (include "rationale.kafkaConfig" .) }}
{{- /* What the console sets at its start must be no deviation to the Job. */}}
{{- range $key, $value := merge (dict) .Values.console.config .Values.config }}
{{- if hasPrefix "rationale.retention." $key }}
{{- $_ := set $config $key $value }}
{{- end }}
{{- end }}
{{- include "rationale.properties" $config }}
{{- end }}

{{/* Secrets of Kafka as environment variables. */}}
{{- define "rationale.kafkaEnv" -}}
{{- if hasPrefix "SASL" .Values.kafka.securityProtocol }}
- name: KAFKA_SASL_JAAS_CONFIG
  valueFrom:
    secretKeyRef:
      name: {{ .Values.kafka.sasl.existingSecret }}
      key: {{ .Values.kafka.sasl.jaasConfigKey }}
{{- end }}
{{- if and (hasSuffix "SSL" .Values.kafka.securityProtocol) .Values.kafka.tls.clientSecret }}
- name: KAFKA_SSL_KEYSTORE_CERTIFICATE_CHAIN
  valueFrom:
    secretKeyRef:
      name: {{ .Values.kafka.tls.clientSecret }}
      key: {{ .Values.kafka.tls.clientCertKey }}
- name: KAFKA_SSL_KEYSTORE_KEY
  valueFrom:
    secretKeyRef:
      name: {{ .Values.kafka.tls.clientSecret }}
      key: {{ .Values.kafka.tls.clientKeyKey }}
{{- end }}
{{- end }}

{{- define "rationale.usesKafkaCa" -}}
{{- if and (hasSuffix "SSL" .Values.kafka.securityProtocol) .Values.kafka.tls.caSecret }}true{{ end }}
{{- end }}

{{- define "rationale.mounts" -}}
- name: config
  mountPath: /etc/rationale/config
  readOnly: true
- name: tmp
  mountPath: /tmp
{{- if include "rationale.usesKafkaCa" . }}
- name: kafka-ca
  mountPath: /etc/rationale/kafka-ca
  readOnly: true
{{- end }}
{{- end }}

{{/* Native libraries are unpacked into /tmp, so that it must allow execution, as an emptyDir does. */}}
{{- define "rationale.volumes" -}}
- name: config
  configMap:
    name: {{ .configMap }}
- name: tmp
  emptyDir:
    sizeLimit: {{ .tmpSize }}
{{- if include "rationale.usesKafkaCa" .root }}
- name: kafka-ca
  secret:
    secretName: {{ .root.Values.kafka.tls.caSecret }}
    items:
      - key: {{ .root.Values.kafka.tls.caKey }}
        path: ca.crt
{{- end }}
{{- end }}

{{- define "rationale.podSettings" -}}
automountServiceAccountToken: false
# A Service named "kafka" would put KAFKA_PORT and the like into the environment, which are read as Kafka's properties.
enableServiceLinks: false
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  {{- toYaml .Values.podSecurityContext | nindent 2 }}
{{- end }}

{{- define "rationale.placement" -}}
topologySpreadConstraints:
{{- if .values.topologySpreadConstraints }}
  {{- toYaml .values.topologySpreadConstraints | nindent 2 }}
{{- else }}
{{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "rationale.selectorLabels" $ | nindent 8 }}
{{- end }}
{{- end }}
{{- with .values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end }}

{{- define "rationale.probes" -}}
startupProbe:
  httpGet:
    path: /q/health/started
    port: http
  periodSeconds: 2
  timeoutSeconds: 5
  failureThreshold: {{ max 1 (div (int .startupSeconds) 2) }}
livenessProbe:
  httpGet:
    path: /q/health/live
    port: http
  periodSeconds: {{ .periodSeconds }}
  timeoutSeconds: 5
  failureThreshold: {{ .failureThreshold }}
readinessProbe:
  httpGet:
    path: /q/health/ready
    port: http
  periodSeconds: {{ .periodSeconds }}
  timeoutSeconds: 5
  failureThreshold: {{ .failureThreshold }}
{{- end }}

{{/* Ports of "host:port,host:port" and of URLs, as YAML of a list. */}}
{{- define "rationale.kafkaPorts" -}}
{{- $ports := .Values.networkPolicy.kafkaPorts }}
{{- range splitList "," .Values.kafka.bootstrapServers }}
{{- $ports = append $ports (. | trim | regexFind "[0-9]+$" | int) }}
{{- end }}
{{- range uniq $ports }}
- port: {{ . }}
  protocol: TCP
{{- end }}
{{- end }}

{{- define "rationale.r1Ports" -}}
{{- $ports := .Values.networkPolicy.r1Ports }}
{{- range compact (splitList "," (include "rationale.r1Endpoints" .)) }}
{{- $authority := . | trim | regexFind "//[^/]*" }}
{{- $port := regexFind ":[0-9]+$" $authority | trimPrefix ":" }}
{{- $ports = append $ports (int (default (ternary 443 80 (hasPrefix "https" (trim .))) $port)) }}
{{- end }}
{{- range uniq $ports }}
- port: {{ . }}
  protocol: TCP
{{- end }}
{{- end }}

{{/* What the schema cannot say: sentences about values that do not go together. */}}
{{- define "rationale.check" -}}
{{- if and (hasPrefix "SASL" .Values.kafka.securityProtocol) (not .Values.kafka.sasl.existingSecret) }}
{{- fail (printf "kafka.securityProtocol is %s: name the Secret with the JAAS line in kafka.sasl.existingSecret." .Values.kafka.securityProtocol) }}
{{- end }}
{{- if and (not (hasSuffix "SSL" .Values.kafka.securityProtocol)) (or .Values.kafka.tls.caSecret .Values.kafka.tls.clientSecret) }}
{{- fail (printf "kafka.tls names a Secret and kafka.securityProtocol is %s, without TLS: set it to SSL or SASL_SSL." .Values.kafka.securityProtocol) }}
{{- end }}
{{- if lt (int .Values.classifier.terminationGracePeriodSeconds) (add 15 (int .Values.classifier.drainTimeoutSeconds) | int) }}
{{- fail (printf "classifier.terminationGracePeriodSeconds is %d and classifier.drainTimeoutSeconds %d: give it %d or more, else Kubernetes kills what still writes." (int .Values.classifier.terminationGracePeriodSeconds) (int .Values.classifier.drainTimeoutSeconds) (add 15 (int .Values.classifier.drainTimeoutSeconds))) }}
{{- end }}
{{- $most := ternary .Values.classifier.autoscaling.maxReplicas .Values.classifier.replicas .Values.classifier.autoscaling.enabled | int }}
{{- if gt $most (int .Values.topics.partitions) }}
{{- fail (printf "There may be %d classifiers and topics.partitions is %d: the others would have nothing to do. Raise topics.partitions or ask for fewer." $most (int .Values.topics.partitions)) }}
{{- end }}
{{- if gt (int .Values.classifier.autoscaling.minReplicas) (int .Values.classifier.autoscaling.maxReplicas) }}
{{- fail (printf "classifier.autoscaling.minReplicas is %d and maxReplicas %d: the least must not be above the most." (int .Values.classifier.autoscaling.minReplicas) (int .Values.classifier.autoscaling.maxReplicas)) }}
{{- end }}
{{- if and (eq .Values.topics.mode "strimzi") (not .Values.topics.strimzi.cluster) }}
{{- fail "topics.mode is strimzi: name the Kafka object in topics.strimzi.cluster." }}
{{- end }}
{{- if and .Values.console.ingress.enabled (not .Values.console.ingress.host) }}
{{- fail "console.ingress.enabled is true: name the page's host in console.ingress.host." }}
{{- end }}
{{- if and .Values.console.httpRoute.enabled (not .Values.console.httpRoute.parentRefs) }}
{{- fail "console.httpRoute.enabled is true: name the gateway in console.httpRoute.parentRefs." }}
{{- end }}
{{- $auth := .Values.console.auth }}
{{- if and $auth.jwt.issuer (not (and $auth.jwt.audience $auth.jwt.jwks)) }}
{{- fail "console.auth.jwt.issuer is given: name the audience of its tokens and the address of its keys in console.auth.jwt.audience and console.auth.jwt.jwks, too." }}
{{- end }}
{{- if and (not $auth.jwt.issuer) (or $auth.jwt.audience $auth.jwt.jwks $auth.jwt.config) }}
{{- fail "console.auth.jwt names no issuer: give it in console.auth.jwt.issuer." }}
{{- end }}
{{- if and $auth.anonymous (or $auth.tokens.existingSecret $auth.jwt.issuer) }}
{{- fail "console.auth.anonymous is true and tokens are named: choose one." }}
{{- end }}
{{- if and (not $auth.anonymous) .Values.metrics.serviceMonitor.enabled (not .Values.metrics.serviceMonitor.tokenSecret.name) (or $auth.tokens.existingSecret $auth.jwt.issuer) }}
{{- fail "metrics.serviceMonitor.enabled is true and the console asks who comes: name a Secret with a token of the role viewer in metrics.serviceMonitor.tokenSecret.name." }}
{{- end }}
{{- if and (not .Values.simulator.enabled) (not .Values.r1.endpoints) (not .Values.r1.endpointsConfigMap.name) }}
{{- fail "There is no R1: name its servers in r1.endpoints or r1.endpointsConfigMap, or set simulator.enabled for a trial." }}
{{- end }}
{{- range .Values.r1.endpointApiKeys }}
{{- if gt (int .endpoint) (len $.Values.r1.endpoints) }}
{{- fail (printf "r1.endpointApiKeys names endpoint %d and r1.endpoints has %d." (int .endpoint) (len $.Values.r1.endpoints)) }}
{{- end }}
{{- end }}
{{- $names := list }}
{{- range .Files.Lines "files/topics.txt" }}
{{- $names = append $names (first (splitList " " .)) }}
{{- end }}
{{- range $topic, $ignored := .Values.topics.config }}
{{- if not (has $topic $names) }}
{{- fail (printf "topics.config names %s, and there are: %s." $topic (join ", " (compact $names))) }}
{{- end }}
{{- end }}
{{- if not (or $auth.tokens.existingSecret $auth.jwt.issuer $auth.anonymous) }}
{{- fail "The console would ask nobody who comes: name the Secret with its tokens in console.auth.tokens.existingSecret, or an issuer of tokens in console.auth.jwt; where something in front of it asks who comes, or for a trial in a closed network, set console.auth.anonymous=true." }}
{{- end }}
{{- end }}
