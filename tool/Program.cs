Console.Error.WriteLine("gptx");
return 0;
