using FastEnrich.Schemas;

// One argument: a file of lines, written by FastEnrich.Abstractions.targets: the assembly, the folder of the documents, the list of what is written,
// Exe for a program, and what the assembly references.
try
{
    var lines = File.ReadAllLines(args[0]);
    var program = new BuiltAssembly(lines[0], lines[4..]);
    var folder = new DocumentFolder(lines[1], lines[2]);
    foreach (var (name, manifest) in program.Manifests())
    {
        folder.Write(Path.Combine("plugins", name, "plugin.json"), manifest);
    }

    if (lines[3] == "Exe" && program.ConfigurationSchema() is { } schema)
    {
        folder.Write("fastenrich.schema.json", schema);
    }

    folder.Finish();
    return 0;
}
catch (Exception exception)
{
    // The form that MSBuild shows as an error of the build.
    Console.Error.WriteLine($"FastEnrich.Schemas : error : the schema documents cannot be written: {exception.GetBaseException().Message.ReplaceLineEndings(" ")}");
    return 1;
}
