"""SparkSession and the RDD behind it."""

import os
import shlex
import subprocess
import sys
import threading


class RDD:
    def __init__(self, partitions):
        self._partitions = partitions  # functions that give the elements of each

    def pipe(self, command, env=None, checkCode=False):
        def piped(partition):
            process = subprocess.Popen(shlex.split(command), env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

            def write():
                for element in partition():
                    process.stdin.write((element.rstrip("\n") + "\n").encode("utf-8"))
                process.stdin.close()

            threading.Thread(target=write, daemon=True).start()
            for line in iter(process.stdout.readline, b""):
                yield line.rstrip(b"\n").decode("utf-8")
            code = process.wait()
            if checkCode and code:
                raise RuntimeError(f"Pipe function `{command}' exited with error code {code}")

        return RDD([lambda partition=partition: piped(partition) for partition in self._partitions])

    def saveAsTextFile(self, path):
        os.mkdir(path)
        for number, partition in enumerate(self._partitions):
            with open(os.path.join(path, f"part-{number:05}"), "w", encoding="utf-8", newline="\n") as file:
                file.writelines(element + "\n" for element in _task(partition))
        open(os.path.join(path, "_SUCCESS"), "w").close()


def _task(partition, most_failures=4):
    for failures in range(1, most_failures + 1):
        try:
            return list(partition())
        except RuntimeError as error:
            print(f"task failed ({failures} of {most_failures}): {error}", file=sys.stderr)
    raise SystemExit("Job aborted due to stage failure")


class _Context:
    def textFile(self, path):
        with open(path, encoding="utf-8", newline="\n") as file:
            lines = file.read().splitlines()
        count = int(os.environ.get("SPARK_PARTITIONS", "2"))
        size = -(-len(lines) // (count - 1))  # the last one is empty, as Spark's often are
        return RDD([lambda part=lines[start * size : (start + 1) * size]: iter(part) for start in range(count)])


class SparkSession:
    class builder:
        @staticmethod
        def appName(name):
            return SparkSession.builder

        @staticmethod
        def getOrCreate():
            return SparkSession()

    sparkContext = _Context()

    def stop(self):
        pass
