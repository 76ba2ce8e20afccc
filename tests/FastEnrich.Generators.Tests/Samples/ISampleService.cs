namespace FastEnrich.Generators.Tests.Samples;

public interface ISampleService;
