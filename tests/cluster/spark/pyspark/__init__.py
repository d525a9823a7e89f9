"""A stand-in for PySpark on one machine, for tests/cluster/spark.sh: as much of it as docs/samples/jobs/spark-pipe.py uses.

It is no Spark. What it keeps is how pyspark.RDD.pipe treats a process: one for each partition, empty ones too, the command split as a shell splits words, a line in for each
element and an element out for each line, and with checkCode an exit code other than 0 fails the task, which is tried four times. SPARK_PARTITIONS is how many there are.
"""
