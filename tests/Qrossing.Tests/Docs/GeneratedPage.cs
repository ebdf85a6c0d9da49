namespace Qrossing.Tests.Docs;

/// <summary>One page below <c>docs/</c> that is made from code.</summary>
/// <param name="Path">Relative to the root of the checkout.</param>
/// <param name="Text">The whole file.</param>
internal sealed record GeneratedPage(string Path, string Text);
