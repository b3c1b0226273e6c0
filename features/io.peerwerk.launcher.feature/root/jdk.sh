# Sets JAVA_HOME to a JDK of 21 or later, and java_release to its feature number.
# Sourced by the start script and by the build. Looks at JAVA_HOME, PATH, then where systems install JDKs.
# Reads the JDK's own "release" file: asking each java for its version would cost a second.

java_release_of() {
    java_release=
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    while IFS='=' read -r key value; do
        [ "$key" = JAVA_VERSION ] || continue
        value=${value#\"}
        java_release=${value%%[!0-9]*}
        break
    done < "$1/release"
    [ "${java_release:-0}" -ge 21 ]
}

java_on_path() {
    on_path=$(command -v java) || return 1
    on_path=$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")
    echo "${on_path%/bin/java}"
}

find_java() {
    for candidate in "${JAVA_HOME:-}" "$(java_on_path)"; do
        java_release_of "$candidate" && { JAVA_HOME=$candidate; export JAVA_HOME; return 0; }
    done
    newest=0
    for candidate in /usr/lib/jvm/* /opt/java/* "$HOME"/.sdkman/candidates/java/* \
            /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if java_release_of "$candidate" && [ "$java_release" -gt "$newest" ]; then
            newest=$java_release
            JAVA_HOME=$candidate
        fi
    done
    java_release=$newest
    [ "$newest" -gt 0 ] && export JAVA_HOME
}
