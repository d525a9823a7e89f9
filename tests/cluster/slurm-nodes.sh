# shellcheck shell=bash
# Starts and stops a Slurm cluster of its own on this machine: a controller and two nodes of one core each, everything below one folder, on ports of its own.
# Meant to be sourced; the caller sets FOLDER, which must be short: munge's socket lies in it.

readonly NODES=(n1 n2)
readonly FIRST_PORT=${FIRST_PORT:-17017}

# Prints why there can be no cluster here; nothing where there can.
missing_slurm() {
    local program
    for program in munged slurmctld slurmd sbatch scontrol; do
        command -v "$program" >/dev/null || { echo "$program is not installed (Debian: slurm-wlm, munge)"; return; }
    done
    [ "$(id -u)" -eq 0 ] || echo "slurmd must be started by root"
}

install_slurm() {
    [ -n "$(missing_slurm)" ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || return 0
    apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -q -y slurm-wlm munge >/dev/null
}

start_cluster() {
    mkdir -p "$FOLDER"/{state,spool,munge} && chmod 755 "$FOLDER" && chmod 700 "$FOLDER/munge"
    head -c 1024 /dev/urandom >"$FOLDER/munge/key" && chmod 600 "$FOLDER/munge/key"
    munged --force --key-file="$FOLDER/munge/key" --socket="$FOLDER/munge.socket" --pid-file="$FOLDER/munge.pid" \
        --log-file="$FOLDER/munge.log" --seed-file="$FOLDER/munge/seed" --num-threads=1 || return
    slurm_conf >"$FOLDER/slurm.conf"
    export SLURM_CONF=$FOLDER/slurm.conf
    slurmctld -c || return
    local node
    for node in "${NODES[@]}"; do
        start_node "$node" || return
    done
    wait_for 60 'all nodes idle' all_idle
}

all_idle() { [ "$(sinfo -h -o %T | sort -u)" = idle ]; }

start_node() { slurmd -N "$1"; }

# A node that dies: its slurmd, the scripts of its jobs with what they run, and the shepherds that slurmd left with them.
kill_node() {
    local doomed=("$(cat "$FOLDER/slurmd-$1.pid")") script
    for script in $(pgrep -f "$FOLDER/spool/$1/job[0-9]*/slurm_script"); do
        mapfile -t -O "${#doomed[@]}" doomed < <(echo "$script"; pgrep -P "$script"; ps -o ppid= -p "$script" | tr -d ' ')
    done
    kill -KILL "${doomed[@]}" 2>/dev/null
}

stop_cluster() {
    local pid_file
    for pid_file in "$FOLDER"/slurmd-*.pid "$FOLDER/slurmctld.pid" "$FOLDER/munge.pid"; do
        [ -s "$pid_file" ] && kill "$(cat "$pid_file")" 2>/dev/null
    done
    return 0
}

slurm_conf() {
    cat <<CONF
ClusterName=gptx
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$FOLDER/munge.socket,cred_expire=5
CredType=cred/munge
SlurmctldPort=$FIRST_PORT
StateSaveLocation=$FOLDER/state
SlurmctldPidFile=$FOLDER/slurmctld.pid
SlurmctldLogFile=$FOLDER/slurmctld.log
SlurmdPidFile=$FOLDER/slurmd-%n.pid
SlurmdSpoolDir=$FOLDER/spool/%n
SlurmdLogFile=$FOLDER/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=bf_interval=1,sched_interval=2
JobCompType=jobcomp/filetxt
JobCompLoc=$FOLDER/completed.txt
JobRequeue=1
KillWait=5
MinJobAge=3600
ReturnToService=2
SlurmdTimeout=20
MpiDefault=none
NodeName=n1 NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=$((FIRST_PORT + 1)) CPUs=1 RealMemory=4096 State=UNKNOWN
NodeName=n2 NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=$((FIRST_PORT + 2)) CPUs=1 RealMemory=4096 State=UNKNOWN
PartitionName=all Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
CONF
}
