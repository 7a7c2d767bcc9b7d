# Outlives the JVM that started it. Reads one order a line; when the pipe breaks, the JVM is gone, and what it left
# behind is ended: asked first, killed after five seconds.
trap '' INT TERM HUP
children=''
set --

while read -r order what; do
  case $order in
    watch) children="$children $what" ;;
    forget)
      others=''
      for child in $children; do
        [ "${child%%:*}" = "$what" ] || others="$others $child"
      done
      children=$others
      ;;
    remove) set -- "$@" "$what" ;;
  esac
done

for child in $children; do
  kill -CONT "${child%%:*}"
  kill -"${child#*:}" "${child%%:*}"
done

patience=50
for child in $children; do
  while [ $patience -gt 0 ] && kill -0 "${child%%:*}"; do
    sleep 0.1
    patience=$((patience - 1))
  done
  kill -KILL "${child%%:*}"
done

[ $# -eq 0 ] || rm -rf -- "$@"
