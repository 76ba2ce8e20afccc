using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

// Usage: FastEnrich.BareEndpoint URL
var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.WebHost.UseKestrelCore().UseUrls(args[0]);
var app = builder.Build();
var answer = "ok"u8.ToArray();
app.Run(context => context.Response.Body.WriteAsync(answer, 0, answer.Length));
await app.RunAsync();
