"""Embeds JSON lines on a Spark cluster: each partition is piped through a gptx of its own, which every worker has in its path.

    spark-submit --conf spark.task.cpus=1 spark-pipe.py hdfs:///notes.jsonl hdfs:///vectors

Spark knows one kind of failure: with checkCode=True any exit code but 0 fails the task, which is done again as a whole, spark.task.maxFailures (4) times. Without it,
which is PySpark's default, rows that were lost would be missed by nobody. So 3 (bad rows) is made 0 up to 1 % of a partition by --accept-errors; what is wrong with
them is in the executor's log, on standard error. Nothing is resumed here: a partition is what is lost at most.
"""

import sys

from pyspark.sql import SparkSession

COMMAND = "gptx embed --input - --id-field id --jsonl --threads 1 --accept-errors 1% --no-progress"

spark = SparkSession.builder.appName("gptx-embed").getOrCreate()
lines = spark.sparkContext.textFile(sys.argv[1])
lines.pipe(COMMAND, checkCode=True).saveAsTextFile(sys.argv[2])
spark.stop()
