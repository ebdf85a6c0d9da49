using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Qrossing.Console.Timeline;

/// <summary>SVG's <c>text</c> element, a name that Razor keeps for itself.</summary>
public sealed class SvgText : ComponentBase
{
    /// <summary>CSS class.</summary>
    [Parameter, EditorRequired]
    public string Class { get; set; } = null!;

    /// <summary>Where it is anchored.</summary>
    [Parameter, EditorRequired]
    public double X { get; set; }

    /// <summary>Its base line.</summary>
    [Parameter, EditorRequired]
    public double Y { get; set; }

    /// <summary>The text.</summary>
    [Parameter, EditorRequired]
    public string Text { get; set; } = null!;

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", Class);
        builder.AddAttribute(2, "x", TimelineDrawing.Number(X));
        builder.AddAttribute(3, "y", TimelineDrawing.Number(Y));
        builder.AddContent(4, Text);
        builder.CloseElement();
    }
}
