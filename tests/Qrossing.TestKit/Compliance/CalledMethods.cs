using System.Reflection;
using System.Reflection.Emit;

namespace Qrossing.TestKit.Compliance;

/// <summary>Which methods and constructors the compiled code of a type mentions (ECMA-335, III.1.2: opcodes and their operands).</summary>
internal static class CalledMethods
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private const byte TwoByteOpCodes = 0xFE;

    private static readonly Dictionary<short, OpCode> OpCodeOf = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>Every method that the bodies of the type's own methods and constructors mention.</summary>
    public static IEnumerable<MethodBase> By(Type type) =>
        MethodsOf(type).SelectMany(By);

    /// <summary>The type's own methods and constructors.</summary>
    public static IEnumerable<MethodBase> MethodsOf(Type type) => type.GetMethods(Own).Cast<MethodBase>().Concat(type.GetConstructors(Own));

    /// <summary>Every method that the body of one method mentions.</summary>
    public static IReadOnlyList<MethodBase> By(MethodBase method)
    {
        var mentioned = new List<MethodBase>();
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
        {
            return mentioned;
        }

        for (var at = 0; at < code.Length;)
        {
            var opCode = code[at] == TwoByteOpCodes ? OpCodeOf[(short)((TwoByteOpCodes << 8) | code[at + 1])] : OpCodeOf[code[at]];
            at += opCode.Size;
            if (opCode.OperandType is OperandType.InlineMethod or OperandType.InlineTok && Resolve(method, BitConverter.ToInt32(code, at)) is { } called)
            {
                mentioned.Add(called);
            }

            at += OperandLength(opCode.OperandType, code, at);
        }

        return mentioned;
    }

    private static MethodBase? Resolve(MethodBase method, int token)
    {
        var ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return method.Module.ResolveMember(token, ofType, ofMethod) as MethodBase;
    }

    private static int OperandLength(OperandType type, byte[] code, int at) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
